"""What processes that run a notebook start from: environment variables, imported modules, seeds."""

import gc
import importlib
import importlib.util
import json
import os
import random
import sys
import tempfile
from collections.abc import Mapping

from autograder.kernels.device import BEFORE_FORK
from autograder.kernels.pretrained import cache_places, point_at

# What is inherited of the instructor's environment: how text is encoded, and where libraries are.
# Everything else (tokens, proxies, PYTHON*, Jupyter settings) stays outside.
INHERITED = ("LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "SYSTEMROOT")

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
# Weights come from the grader's cache or not at all, also where a kernel has a network.
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
# Where a notebook finds the sizes that it runs with, as JSON; without it the notebook has its own.
SETTINGS = "COURSE_SETTINGS"
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}
# How many new objects a short-lived process makes before it looks for garbage; Python's own 700 costs a judge 8 %.
GC_AFTER = 100_000
# A graph of fewer nodes runs as it is written: the functions of Keras's pipelines (up to 20), no step of a training.
OPTIMIZED_FROM_NODES = 24


def clean_environment(home: str, tmp: str) -> dict[str, str]:
    """The environment of a kernel that works in `home` and keeps what is not the student's in `tmp`."""
    # Here, since a cold kernel imports this module and has no use for it.
    from autograder.course.backend import keras_backend

    kept = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {
        **kept,
        **SINGLE_THREADED,
        **OFFLINE,
        **QUIET,
        **BEFORE_FORK,
        **_places(home, tmp),
        "PATH": f"{sys.prefix}/bin{os.pathsep}{os.defpath}",
        "JUPYTER_NO_CONFIG": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "KERAS_BACKEND": keras_backend(),
        "PYTHONHASHSEED": "0",
        "PYTHONNOUSERSITE": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _places(home: str, tmp: str) -> dict[str, str]:
    return {
        "HOME": home,
        "TMPDIR": tmp,
        "IPYTHONDIR": f"{tmp}/.ipython",
        "JUPYTER_RUNTIME_DIR": f"{tmp}/.jupyter",
        "MPLCONFIGDIR": f"{tmp}/.matplotlib",
        **cache_places(tmp),
    }


def move_in(home: str, tmp: str) -> None:
    """Point this process, which was forked with its libraries loaded, at its own folders."""
    places = _places(home, tmp)
    point_at(places)
    os.environ.update(places)
    tempfile.tempdir = None


def collect_rarely() -> None:
    """For a judge or an executor, which ends before garbage matters; a kernel keeps Python's own setting."""
    gc.set_threshold(GC_AFTER)


def tell_settings(settings: Mapping[str, int]) -> None:
    """Tell this process's notebook the sizes that it is to run with; nothing where there are none."""
    if settings:
        os.environ[SETTINGS] = json.dumps(dict(settings))


def seed_everything(seed: int) -> None:
    """Seed Python and every numeric library that is loaded, the way their own documentation says."""
    random.seed(seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed % 2**32)
    if "keras" in sys.modules:
        sys.modules["keras"].utils.set_random_seed(seed)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(seed)


def preload(modules: list[str]) -> None:
    """Import the course's libraries; one that is not installed is left to the student's own import."""
    for name in modules:
        if importlib.util.find_spec(name.partition(".")[0]) is not None:
            importlib.import_module(name)
    if "tensorflow" in sys.modules:
        _leave_pipelines_untuned()
        _leave_small_graphs()


def _leave_pipelines_untuned() -> None:
    """Make tf.data's tuning of pipelines, which is on by default, something that a notebook asks for.

    A slot has one core, so there is nothing to tune. And where the tuner's thread shares a core with the rest, it can
    miss that its pipeline ends, which then waits for the tuner's next turn: `fit` makes a pipeline for each epoch, and
    a hundred short ones took twice as long (TensorFlow 2.21).
    """
    options = sys.modules["tensorflow"].data.experimental.AutotuneOptions
    chosen = options.enabled

    def is_enabled(settings: object) -> bool:
        return bool(chosen.fget(settings))

    options.enabled = property(is_enabled, chosen.fset, None, chosen.__doc__)


def _leave_small_graphs() -> None:
    """Have TensorFlow optimize no graph of fewer than `OPTIMIZED_FROM_NODES` nodes; its own limit is 4.

    `fit` makes a pipeline for each epoch, and TensorFlow then optimizes each function of the pipeline again: 2 ms for
    ten nodes, about a third of a short epoch (TensorFlow 2.21). Opens no device. A notebook may set it back.
    """
    options = {"min_graph_nodes": OPTIMIZED_FROM_NODES}
    sys.modules["tensorflow"].config.optimizer.set_experimental_options(options)


def load_standalone(name: str, path: str) -> None:
    """Load a file as the module `name`, under which it is reached by code that cannot see the file."""
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


def forget_autograder() -> None:
    """Take this package out of `sys.modules`, before student code that has no use for it."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "autograder"]:
        del sys.modules[name]
