"""How much of a GPU's memory is in use, and by whom, asked out of band."""

import asyncio
import subprocess
from collections.abc import Collection

from autograder.devices.gpus import ANSWER_S, Gpu, environment_for
from autograder.errors import HarnessError

_MIB = 2**20
RELEASE_S = 10.0  # the driver takes a process's memory back some moments after its end
_ASK_EVERY_S = 0.2
# Where only the sum is told: what it may differ by without anybody of ours having done it.
_NOISE_BYTES = 64 * _MIB


async def used_bytes(gpu: Gpu, pids: Collection[int]) -> int:
    """The memory that `pids` hold on the GPU; where processes are not told, what everybody holds.

    Raises:
        HarnessError: `nvidia-smi` does not answer, or does not tell.
    """
    if not gpu.tells_processes:
        (line,) = await _ask(gpu, "--query-gpu=memory.used")
        return _mib(gpu, line) * _MIB
    held = 0
    for line in await _ask(gpu, "--query-compute-apps=pid,used_gpu_memory"):
        pid, _comma, memory = line.partition(",")
        if pid.strip().isdigit() and int(pid) in pids:
            held += _mib(gpu, memory) * _MIB
    return held


async def wait_until_released(gpu: Gpu, pids: Collection[int], before: int) -> None:
    """Wait until the GPU's memory that the processes held, which have ended, is free; RELEASE_S at most.

    `before` is what `used_bytes` said before they began.
    """
    try:
        async with asyncio.timeout(RELEASE_S):
            while await used_bytes(gpu, pids) > before + _NOISE_BYTES:
                await asyncio.sleep(_ASK_EVERY_S)
    except (TimeoutError, HarnessError):
        return  # whoever comes next finds less free, and is not charged for it


async def _ask(gpu: Gpu, query: str) -> list[str]:
    command = (gpu.program, query, "--format=csv,noheader,nounits", "-i", gpu.uuid)
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment_for(gpu.program),
        )
    except OSError as error:
        raise HarnessError(f"{' '.join(command)}: {error.strerror}") from None
    try:
        async with asyncio.timeout(ANSWER_S):
            output, _ = await process.communicate()
    except BaseException as error:
        if process.returncode is None:
            process.kill()
            await process.wait()
        if isinstance(error, TimeoutError):
            raise HarnessError(f"{' '.join(command)}: no answer within {ANSWER_S:g} s") from None
        raise
    if process.returncode != 0:
        raise HarnessError(f"{' '.join(command)}: exit status {process.returncode}")
    return [line for line in output.decode(errors="replace").splitlines() if line.strip()]


def _mib(gpu: Gpu, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise HarnessError(
            f"{gpu.program} does not tell how much memory is in use on {gpu.uuid}: {text}"
        ) from None
