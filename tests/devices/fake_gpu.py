"""A GPU that is not there: an `nvidia-smi` that tells of one, whose memory is what processes hold in files of memory.

A process "allocates on the device" by a memfd that is named after the GPU. So the memory is held by real processes, is
counted by looking at them from outside, and is gone when the last that holds it is gone, as with a real driver.
Everything of ours runs as it would; only the program that is asked is another.
"""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from uuid import uuid4

from autograder.devices import Gpu
from autograder.devices.gpus import read_gpus

MIB = 2**20

# What a notebook does to hold memory on the device; {mib} of it.
ALLOCATE = """
import os
held = os.memfd_create(os.environ["CUDA_VISIBLE_DEVICES"])
os.ftruncate(held, {mib} * 2**20)
"""

_PROGRAM = '''\
#!{python} -ISs
import os, sys


def held(uuid):
    """MiB by process."""
    found = {{}}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            for fd in os.listdir(f"/proc/{{pid}}/fd"):
                if os.readlink(f"/proc/{{pid}}/fd/{{fd}}").startswith("/memfd:" + uuid):
                    size = os.stat(f"/proc/{{pid}}/fd/{{fd}}").st_size
                    found[pid] = found.get(pid, 0) + size // 2**20
        except OSError:
            continue
    return found


words = sys.argv[1:]
if words == ["-q", "-x"]:
    print({xml!r})
elif words[0].startswith("--query-"):
    uuid = words[words.index("-i") + 1]
    found = held(uuid)
    if words[0] == "--query-gpu=memory.used":
        print({in_use} + sum(found.values()))
    elif words[0] == "--query-compute-apps=pid,used_gpu_memory":
        for pid, mib in found.items():
            print(f"{{pid}}, {{mib}}")
        print("1, 300")  # somebody else's
    else:
        sys.exit(f"unknown query {{words[0]}}")
else:
    sys.exit("unknown option")
'''

_XML = """\
<?xml version="1.0" ?>
<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">
<nvidia_smi_log>
    <timestamp>Mon Nov 23 09:00:00 2026</timestamp>
    <driver_version>570.86.15</driver_version>
    <cuda_version>12.8</cuda_version>
    <attached_gpus>{count}</attached_gpus>
    {gpus}
</nvidia_smi_log>
"""
_GPU_XML = """\
<gpu id="00000000:{number:02}:00.0">
    <product_name>{name}</product_name>
    <mig_mode><current_mig>{mig}</current_mig><pending_mig>{mig}</pending_mig></mig_mode>
    <uuid>{uuid}</uuid>
    <minor_number>{number}</minor_number>
    <fb_memory_usage><total>{mib} MiB</total><reserved>1 MiB</reserved><used>0 MiB</used></fb_memory_usage>
</gpu>
"""


@dataclass(frozen=True)
class FakeGpus:
    """So many GPUs of that size; `in_use_mib` is what others hold on each."""

    count: int = 1
    mib: int = 100
    name: str = "NVIDIA Paper 100"
    mig: str = "Disabled"
    in_use_mib: int = 7
    uuid: str = field(
        default_factory=lambda: f"GPU-{uuid4()}-"
    )  # its own: other tests hold memory at the same time

    @property
    def uuids(self) -> list[str]:
        return [f"{self.uuid}{number}" for number in range(self.count)]

    @property
    def xml(self) -> str:
        gpus = [
            _GPU_XML.format(number=number, name=self.name, mig=self.mig, uuid=uuid, mib=self.mib)
            for number, uuid in enumerate(self.uuids)
        ]
        return _XML.format(count=self.count, gpus="".join(gpus))

    def install(self, folder: Path) -> Path:
        """Put the `nvidia-smi` that tells of them into a folder; returns the program."""
        folder.mkdir(exist_ok=True)
        program = folder / "nvidia-smi"
        text = _PROGRAM.format(python=sys.executable, xml=self.xml, in_use=self.in_use_mib)
        program.write_text(dedent(text), encoding="utf-8")
        program.chmod(0o755)
        return program

    def found(self, folder: Path) -> tuple[Gpu, ...]:
        """The GPUs as `find_gpus` tells of them."""
        return read_gpus(self.xml.encode(), str(self.install(folder)))
