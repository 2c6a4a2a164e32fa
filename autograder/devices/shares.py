"""Which slot computes on which GPU, and how much of its memory is a kernel's."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from autograder.course.backend import Backend
from autograder.devices.gpus import Gpu
from autograder.errors import UsageError

# What the driver and its libraries take for themselves in each process, besides what a library allocates for arrays.
CONTEXT_BYTES = 768 * 2**20


@dataclass(frozen=True)
class DeviceShare:
    """One kernel's part of one GPU, in which `memory_bytes` is everything that its processes hold there.

    Each of the `backends` that it computes with is told of its share before any student code, so that too much is an
    error of Python's. What is held from outside is the whole.
    """

    gpu: Gpu
    memory_bytes: int
    backends: tuple[Backend, ...]

    @property
    def for_arrays(self) -> int:
        """What a backend may allocate: the share less what the driver takes, but half of it at least."""
        return max(self.memory_bytes - CONTEXT_BYTES, self.memory_bytes // 2)

    def to_json(self) -> dict[str, Any]:
        """As plain data; `from_json` reads it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "DeviceShare":
        """The share that `to_json` wrote down."""
        gpu = Gpu(**{**data["gpu"], "nodes": tuple(data["gpu"]["nodes"])})
        return cls(gpu, data["memory_bytes"], tuple(data["backends"]))


def gpu_of(slot: int, gpus: Sequence[Gpu]) -> Gpu | None:
    """The GPU of the nth slot; None where there are none."""
    return gpus[slot] if slot < len(gpus) else None


def slots(gpus: Sequence[Gpu], memory_bytes: int) -> tuple[Gpu, ...]:
    """A GPU for each slot that there is room for, where a kernel may need `memory_bytes`: the GPUs in turns.

    Where it is not told which process holds how much, a GPU has one slot: nobody could be held to a share.

    Raises:
        UsageError: there is no room for one.
    """
    room = {gpu: gpu.memory_bytes // memory_bytes for gpu in gpus}
    if not any(room.values()):
        largest = max(gpu.memory_bytes for gpu in gpus)
        raise UsageError(
            f"a submission may need {memory_bytes / 2**30:.1f} GiB of device memory, and the GPU has "
            f"{largest / 2**30:.1f}; lower limits.device_memory_mb in solutions/course.toml, or say --profile cpu"
        )
    room = {gpu: count if gpu.tells_processes else min(count, 1) for gpu, count in room.items()}
    return tuple(gpu for turn in range(max(room.values())) for gpu in gpus if turn < room[gpu])
