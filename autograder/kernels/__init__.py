"""Where student code runs: kernels behind `jupyter_client` provisioners, and the sandbox around them."""

from autograder.kernels.levels import choose_level, levels_that_hold
from autograder.kernels.pretrained import Weights
from autograder.kernels.sandbox import LEVELS, Level, Resources, Sandbox
from autograder.kernels.session import KernelSession
from autograder.kernels.settings import KernelKind, KernelSettings
from autograder.kernels.warm import WarmServer
from autograder.kernels.watch import Usage

__all__ = [
    "LEVELS",
    "KernelKind",
    "KernelSession",
    "KernelSettings",
    "Level",
    "Resources",
    "Sandbox",
    "Usage",
    "WarmServer",
    "Weights",
    "choose_level",
    "levels_that_hold",
]
