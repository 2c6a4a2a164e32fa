"""What the warm server does once so that no child has to."""

import subprocess
import sys
from pathlib import Path

_CHECK = """
import random, sys
import numpy, pandas, rich.table, sklearn.preprocessing, matplotlib.pyplot as plt
from autograder.kernels import rehearsal

seen = random.getstate(), numpy.random.get_state()[1].tolist()
for modules, use in rehearsal._USES:
    if "tensorflow" not in modules:
        assert all(name in sys.modules for name in modules), modules
        use()
loaded = set(sys.modules)
rehearsal.rehearse()
assert set(sys.modules) == loaded, "a second time brings nothing new"
assert (random.getstate(), numpy.random.get_state()[1].tolist()) == seen
assert not plt.get_fignums()
import os
assert len(os.listdir("/proc/self/task")) == 1
print("rehearsed")
"""


def _run(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    env = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MPLBACKEND": "agg", "HOME": str(home)}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=env)


def test_each_library_is_used_without_a_thread_a_figure_or_a_random_number(tmp_path: Path) -> None:
    ran = _run(_CHECK, tmp_path)
    assert ran.stdout.endswith("rehearsed\n"), ran.stderr


_TENSORFLOW = """
import os, sys, tensorflow
from tensorflow.python.eager import context
from autograder.kernels import rehearsal

rehearsal._tensorflow()
assert not context.context()._initialized
assert len(os.listdir("/proc/self/task")) == 1
print("rehearsed")
"""


def test_tensorflow_opens_no_device(tmp_path: Path) -> None:
    ran = _run(_TENSORFLOW, tmp_path)
    assert ran.stdout.endswith("rehearsed\n"), ran.stderr
