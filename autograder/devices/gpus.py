"""Which GPUs this machine has, by `nvidia-smi`.

A program of its own rather than a library in our processes: a warm server must never have touched the driver when it
forks, and what `nvidia-smi` says no student code can have changed.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from autograder.errors import HarnessError

PROGRAM = "nvidia-smi"
ANSWER_S = 60.0  # without a daemon that keeps it awake, the driver takes seconds to start
# Every process that computes opens these, besides the file of its own GPU.
_COMMON_NODES = ("/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools")
_FIRST_PID_NAMESPACE = 0xEFFFFFFC  # PROC_PID_INIT_INO of the Linux kernel


@dataclass(frozen=True)
class Gpu:
    """One GPU. `cuda` is the newest CUDA that its driver knows, `nodes` are the files by which it is reached.

    `program` is the `nvidia-smi` that told of it. `tells_processes`: whether the processes that it names can be found
    among ours; in a container with process ids of its own they cannot.
    """

    uuid: str
    name: str
    memory_bytes: int
    driver: str
    cuda: str
    nodes: tuple[str, ...]
    program: str
    tells_processes: bool


def find_gpus() -> tuple[Gpu, ...]:
    """The GPUs that can be computed on; none where there is no `nvidia-smi`, or no driver behind it.

    Raises:
        HarnessError: `nvidia-smi` gives no answer that can be read, or a GPU is cut up (MIG), which is not supported.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        return ()
    try:
        done = subprocess.run(
            [program, "-q", "-x"],
            capture_output=True,
            timeout=ANSWER_S,
            check=False,
            stdin=subprocess.DEVNULL,
            env=environment_for(program),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise HarnessError(f"{program}: no answer: {error}") from None
    if done.returncode != 0:  # installed, but there is no driver or no GPU
        return ()
    return read_gpus(done.stdout, program)


def read_gpus(xml: bytes, program: str) -> tuple[Gpu, ...]:
    """The GPUs in the answer of `nvidia-smi -q -x`.

    Raises:
        HarnessError: it cannot be read, or a GPU is cut up (MIG).
    """
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 - from the driver's own program
        driver, cuda = _text(root, "driver_version"), _text(root, "cuda_version")
        tells = tells_processes()
        return tuple(_gpu(one, driver, cuda, program, tells) for one in root.findall("gpu"))
    except (ElementTree.ParseError, ValueError) as error:
        raise HarnessError(f"{program} -q -x: not as expected: {error}") from None


def _gpu(found: ElementTree.Element, driver: str, cuda: str, program: str, tells: bool) -> Gpu:
    uuid = _text(found, "uuid")
    if found.findtext("mig_mode/current_mig", "").strip() == "Enabled":
        raise HarnessError(
            f"{uuid} is cut up (MIG), and parts of a GPU are not supported; switch MIG off, or say --profile cpu"
        )
    minor = _text(found, "minor_number")
    nodes = tuple(node for node in (f"/dev/nvidia{minor}", *_COMMON_NODES) if Path(node).exists())
    memory = _bytes(_text(found, "fb_memory_usage/total"))
    return Gpu(uuid, _text(found, "product_name"), memory, driver, cuda, nodes, program, tells)


def tells_processes() -> bool:
    """Whether process ids here are those of the driver, which knows no namespaces."""
    try:
        return Path("/proc/self/ns/pid").stat().st_ino == _FIRST_PID_NAMESPACE
    except OSError:
        return False


def _text(found: ElementTree.Element, path: str) -> str:
    text = found.findtext(path, "").strip()
    if not text:
        raise ValueError(f"no {path}")
    return text


def _bytes(text: str) -> int:
    number, _space, unit = text.partition(" ")
    if unit != "MiB":
        raise ValueError(f"memory of {text!r}")
    return int(number) * 2**20


def environment_for(program: str) -> dict[str, str]:
    """What `nvidia-smi` needs of the environment; nothing that a CI server put there."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {**kept, "PATH": f"{Path(program).parent}{os.pathsep}{os.defpath}", "LC_ALL": "C"}
