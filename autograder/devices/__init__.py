"""GPUs, asked out of band: which there are, who computes on which, and how much of its memory is in use."""

from autograder.devices.gpus import Gpu, find_gpus
from autograder.devices.memory import used_bytes, wait_until_released
from autograder.devices.placing import Placement, place
from autograder.devices.shares import DeviceShare, gpu_of

__all__ = [
    "DeviceShare",
    "Gpu",
    "Placement",
    "find_gpus",
    "gpu_of",
    "place",
    "used_bytes",
    "wait_until_released",
]
