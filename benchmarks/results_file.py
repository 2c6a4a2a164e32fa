"""results.json: one section per benchmark, each with the machine it ran on."""

import importlib.metadata
import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from meter import method

RESULTS = Path(__file__).with_name("results.json")
PACKAGES = ("keras", "tensorflow", "numpy", "otter-grader", "nbclient", "ipykernel")


def write_section(path: Path, name: str, content: dict[str, Any]) -> None:
    """Put one section into the file and leave the others as they are."""
    sections = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    sections[name] = {"machine": machine(), **content}
    path.write_text(json.dumps(sections, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def machine() -> dict[str, Any]:
    """What the figures depend on besides the code."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cpu": _cpu_model(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(psutil.virtual_memory().total / 1e9),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
        "cpu_seconds_by": method(),
    }


def _cpu_model() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()
