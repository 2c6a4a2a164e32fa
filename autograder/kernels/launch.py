"""A cold kernel's process: imports, collector, IPython's own kernel, seeds.

Its options come as JSON in `AUTOGRADER_KERNEL`; before the first cell it writes `started_file`, the only fact
that this process reports about itself and that is believed.
"""

import json
import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any

from ipykernel.kernelapp import IPKernelApp
from traitlets.config import Config

from autograder.devices import DeviceShare
from autograder.kernels.device import take
from autograder.kernels.environment import (
    forget_autograder,
    load_standalone,
    preload,
    seed_everything,
    tell_settings,
)
from autograder.kernels.pretrained import Weights, show


def die_with_parent(parent: int) -> None:
    """Have the kernel killed when the executor ends, however it ends, also where it has ended already."""
    if sys.platform == "linux":
        from autograder.kernels.syscalls import PR_SET_PDEATHSIG, prctl

        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit("the executor has ended")


def main() -> None:
    """Prepare this process, say so, and become an IPython kernel."""
    options: dict[str, Any] = json.loads(os.environ.pop("AUTOGRADER_KERNEL"))
    die_with_parent(options["parent"])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    started = time.perf_counter()
    preload(options["preload"])
    if options.get("device"):
        take(DeviceShare.from_json(options["device"]))
    load_standalone("_autograder_collector", options["collector"])
    Path(options["started_file"]).write_text(json.dumps({"imports_s": time.perf_counter() - started}))
    # Last, so that `%%writefile helper.py` and `import helper` work while no file of a student's shadows a
    # library.
    sys.path.append(str(Path.cwd()))
    config = Config()
    config.InteractiveShell.enable_tip = False  # choosing one draws a random number
    kernel = IPKernelApp.instance(config=config)
    kernel.initialize(sys.argv[1:])
    show(Weights.from_json(options.get("weights", {})))
    tell_settings(options.get("settings", {}))
    forget_autograder()
    seed_everything(options["seed"])  # as late as can be: starting a kernel draws random numbers, too
    kernel.start()


if __name__ == "__main__":
    main()
