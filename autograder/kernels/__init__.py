"""Where student code runs: kernels behind `jupyter_client` provisioners, and the limits held from outside."""

from autograder.kernels.session import KernelSession, KernelSettings
from autograder.kernels.watch import Usage

__all__ = ["KernelSession", "KernelSettings", "Usage"]
