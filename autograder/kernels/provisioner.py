"""The cold kernel as a `jupyter_client` provisioner: a plain subprocess, isolation level `none`.

Portable and slow; the warm, confined kernel takes its place behind the same seam. What it does: a clean
environment, its own session (so that interrupt and kill reach the whole group), an end with the executor.
What it does not do: confine anything. Whoever asks for it grades at level `none`.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Dict, Unicode

ISOLATION = "none"

# What a kernel inherits of the instructor's environment: where programs are and how text is encoded.
# Everything else (tokens, proxies, PYTHON*, Jupyter settings) stays outside.
INHERITED = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "SYSTEMROOT")

# One thread per slot: with several submissions at once more threads only get in each other's way,
# and a fixed number keeps results the same from machine to machine.
SINGLE_THREADED = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}


def clean_environment(home: Path) -> dict[str, str]:
    """The environment of a kernel whose only home is `home`, the submission's work folder."""
    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {
        **kept,
        **SINGLE_THREADED,
        **QUIET,
        "HOME": str(home),
        "TMPDIR": str(home),
        "IPYTHONDIR": str(home / ".ipython"),
        "JUPYTER_NO_CONFIG": "1",
        "MPLCONFIGDIR": str(home / ".matplotlib"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "KERAS_BACKEND": os.environ.get("KERAS_BACKEND", "tensorflow"),
        "KERAS_HOME": str(home / ".keras"),
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


class ColdProvisioner(LocalProvisioner):
    """Starts `launch.py` in a fresh interpreter; configured by the kernel spec that `session` makes."""

    home = Unicode(help="the submission's work folder").tag(config=True)
    launch_options = Dict(help="what launch.py reads from AUTOGRADER_KERNEL").tag(config=True)
    log_file = Unicode(help="where the kernel's own stdout and stderr go").tag(config=True)

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Called by the kernel manager before `launch_kernel`; swaps the environment for a clean one."""
        kwargs = await super().pre_launch(**kwargs)
        kwargs["env"] = clean_environment(Path(self.home))
        kwargs["env"]["AUTOGRADER_KERNEL"] = json.dumps(self.launch_options)
        kwargs["cwd"] = self.home
        return kwargs

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Called by the kernel manager; the kernel's own output goes to a file that is thrown away."""
        with Path(self.log_file).open("ab") as log:
            return await super().launch_kernel(cmd, stdout=log.fileno(), stderr=log.fileno(), **kwargs)


def launch_command() -> list[str]:
    """The command line of a kernel; -P keeps the folder of launch.py off `sys.path`."""
    return [sys.executable, "-P", str(Path(__file__).with_name("launch.py")), "-f", "{connection_file}"]
