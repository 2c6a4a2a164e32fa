"""Which backends can compute on a GPU: their builds differ, and one without CUDA would quietly use the processor."""

import os
import subprocess
import sys
from collections.abc import Collection

from autograder.course.backend import Backend
from autograder.devices.gpus import Gpu

START_S = 300.0
_COUNT: dict[Backend, str] = {
    "tensorflow": "import tensorflow; print(len(tensorflow.config.list_physical_devices('GPU')))",
    "torch": "import torch; print(torch.cuda.device_count() if torch.cuda.is_available() else 0)",
}


def backends_with_device(gpu: Gpu, wanted: Collection[Backend]) -> tuple[Backend, ...]:
    """Those of the wanted backends that find the GPU, each asked in a process of its own.

    One that is not installed, or that does not start, finds none.
    """
    return tuple(backend for backend in wanted if _finds(gpu, backend))


def _finds(gpu: Gpu, backend: Backend) -> bool:
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", _COUNT[backend]],
            capture_output=True,
            text=True,
            timeout=START_S,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "CUDA_VISIBLE_DEVICES": gpu.uuid, "TF_CPP_MIN_LOG_LEVEL": "3"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    counts = done.stdout.split()
    return done.returncode == 0 and bool(counts) and counts[-1] != "0"
