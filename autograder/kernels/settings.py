"""How a kernel is to be started, and the kernel spec that says so to Jupyter."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

from autograder.devices import DeviceShare
from autograder.kernels.pretrained import Weights
from autograder.kernels.provisioner import COLD, WARM, launch_command
from autograder.kernels.sandbox import Sandbox

KernelKind = Literal["warm", "cold"]


@dataclass(frozen=True)
class KernelSettings:
    """How a kernel is started.

    A cold kernel imports `preload` itself, loads `collector` (its source file), and is not confined: of
    `sandbox` it takes the limits that are watched from outside. `settings` are the sizes that the notebook reads.
    """

    kind: KernelKind
    sandbox: Sandbox
    cpu_s: float
    seed: int
    preload: tuple[str, ...]
    collector: Path
    weights: Weights = field(default_factory=Weights)
    settings: Mapping[str, int] = field(default_factory=dict)
    cpu: int | None = None
    standby: bool = False
    device: DeviceShare | None = None


def kernel_spec(settings: KernelSettings, runtime: Path) -> KernelSpec:
    """The spec that starts such a kernel; a cold one's folders lie in `runtime`."""
    return _warm_spec(settings) if settings.kind == "warm" else _cold_spec(settings, runtime)


def _warm_spec(settings: KernelSettings) -> KernelSpec:
    config = {
        "sandbox": settings.sandbox.to_json(),
        "preload": list(settings.preload),
        "seed": settings.seed,
        "weights": settings.weights.to_json(),
        "settings": dict(settings.settings),
        "cpu": settings.cpu,
        "device": _device(settings),
        "standby": settings.standby,
    }
    return _spec(WARM, ["none"], config)


def _cold_spec(settings: KernelSettings, runtime: Path) -> KernelSpec:
    options = {
        "parent": os.getpid(),
        "preload": list(settings.preload),
        "seed": settings.seed,
        "weights": settings.weights.to_json(),
        "settings": dict(settings.settings),
        "collector": str(settings.collector),
        "device": _device(settings),
        "started_file": str(runtime / "started.json"),
    }
    config = {
        "home": str(runtime / "work"),
        "tmp": str(runtime / "tmp"),
        "launch_options": options,
        "log_file": str(runtime / "log"),
    }
    return _spec(COLD, launch_command(), config)


def _device(settings: KernelSettings) -> dict[str, Any]:
    return settings.device.to_json() if settings.device else {}


def _spec(provisioner: str, argv: list[str], config: dict[str, Any]) -> KernelSpec:
    return KernelSpec(
        argv=argv,
        display_name=provisioner,
        language="python",
        metadata={"kernel_provisioner": {"provisioner_name": provisioner, "config": config}},
    )


class OneKernelSpec(KernelSpecManager):
    """Knows one kernel spec, made in memory; none is looked up on disk, where one could be planted."""

    def __init__(self, spec: KernelSpec) -> None:
        super().__init__()
        self._spec = spec

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002
        """Called by the kernel manager, whatever name it was given."""
        return self._spec
