"""A kernel takes its share of a GPU: after the fork, before any student code.

The limit that holds is watched from outside. What backends are told here makes of "too much" an error of Python's,
which costs a cell and not the kernel.
"""

import os
import sys
from collections.abc import Callable

from autograder.course.backend import Backend
from autograder.devices import DeviceShare

# For every process that runs a notebook or is forked into one. No device is seen until a kernel takes its own, and
# torch asks for devices in the way after which a process can still be forked. TensorFlow takes memory as it needs it.
# Numbers are 32 bits wide on every device: with the 19 bits (TF32) by which newer GPUs multiply unless told not to,
# results would be further from a processor's than tests allow.
BEFORE_FORK = {
    "CUDA_VISIBLE_DEVICES": "-1",
    "PYTORCH_NVML_BASED_CUDA_CHECK": "1",
    "TF_FORCE_GPU_ALLOW_GROWTH": "true",
    "NVIDIA_TF32_OVERRIDE": "0",
    "CUBLAS_WORKSPACE_CONFIG": ":4096:8",  # cuBLAS: the same result each time
}


def take(share: DeviceShare) -> None:
    """Show this process its GPU, and tell the backends that it computes with how much of it they may use.

    Raises:
        RuntimeError: a backend does not see the GPU.
    """
    os.environ["CUDA_VISIBLE_DEVICES"] = share.gpu.uuid
    for backend in share.backends:
        if backend in sys.modules:
            _TAKE[backend](share)


def _take_with_tensorflow(share: DeviceShare) -> None:
    config = sys.modules["tensorflow"].config
    devices = config.list_physical_devices("GPU")
    if not devices:
        raise RuntimeError(f"TensorFlow does not see the GPU {share.gpu.uuid}")
    part = config.LogicalDeviceConfiguration(memory_limit=share.for_arrays // 2**20)
    config.set_logical_device_configuration(devices[0], [part])


def _take_with_torch(share: DeviceShare) -> None:
    cuda = sys.modules["torch"].cuda
    if not cuda.is_available():
        raise RuntimeError(f"torch does not see the GPU {share.gpu.uuid}")
    cuda.set_per_process_memory_fraction(min(1.0, share.for_arrays / share.gpu.memory_bytes))
    # Keras on torch has chosen a device when it was imported, and in the server there was none to be seen.
    keras = sys.modules.get("keras.src.backend.torch.core")
    if keras is not None:
        vars(keras)["DEFAULT_DEVICE"] = "cuda"


_TAKE: dict[Backend, Callable[[DeviceShare], None]] = {
    "tensorflow": _take_with_tensorflow,
    "torch": _take_with_torch,
}
