"""GPUs, asked out of band: which there are, whose memory is in use, and which kernel gets how much of which."""

from autograder.devices.gpus import Gpu, find_gpus
from autograder.devices.libraries import Library, libraries_with_device
from autograder.devices.memory import used_bytes, wait_until_released
from autograder.devices.shares import DeviceShare, slots

__all__ = [
    "DeviceShare",
    "Gpu",
    "Library",
    "find_gpus",
    "libraries_with_device",
    "slots",
    "used_bytes",
    "wait_until_released",
]
