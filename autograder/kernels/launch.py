"""The first thing a cold kernel's process runs: imports, collector, IPython's own kernel, seeds.

Runs beside student code, so it imports nothing of this package and holds nothing secret. Its options come
as JSON in `AUTOGRADER_KERNEL`; before the first cell it writes `started_file`, the only fact that this
process reports about itself and that is believed.
"""

import ctypes
import importlib
import importlib.util
import json
import os
import random
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int) -> None:
    """Have the kernel killed when the executor ends, however it ends, also where it has ended already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit("the executor has ended")


def preload(modules: list[str]) -> None:
    """Import the exercise's libraries; one that is not installed is left to the student's own import."""
    for name in modules:
        if importlib.util.find_spec(name.partition(".")[0]) is not None:
            importlib.import_module(name)


def seed_everything(seed: int) -> None:
    """Seed Python and every numeric library that is loaded, the way their own documentation says."""
    random.seed(seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed % 2**32)
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(seed)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(seed)


def load_collector(path: str) -> None:
    """Put the collector into `sys.modules` under the name that the executor calls it by."""
    spec = importlib.util.spec_from_file_location("_autograder_collector", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["_autograder_collector"] = module
    spec.loader.exec_module(module)


def main() -> None:
    """Prepare this process, say so, and become an IPython kernel."""
    options: dict[str, Any] = json.loads(os.environ.pop("AUTOGRADER_KERNEL"))
    die_with_parent(options["parent"])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    started = time.perf_counter()
    preload(options["preload"])
    load_collector(options["collector"])
    Path(options["started_file"]).write_text(json.dumps({"imports_s": time.perf_counter() - started}))
    # Last, so that `%%writefile helper.py` and `import helper` work while no file of a student's shadows a
    # library.
    sys.path.append(str(Path.cwd()))

    from ipykernel.kernelapp import IPKernelApp

    kernel = IPKernelApp.instance()
    kernel.initialize(sys.argv[1:])
    seed_everything(options["seed"])  # as late as can be: starting a kernel draws random numbers, too
    kernel.start()


if __name__ == "__main__":
    main()
