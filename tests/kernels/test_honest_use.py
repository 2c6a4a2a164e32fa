"""Confinement is in nobody's way: what honest notebooks do works the same in every kernel."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.kernels import WarmServer
from kernels.use import KINDS, Kernel, Kind, each_kind, skip_unless_held, started

# What a cell does, and what it must print.
USES = {
    "threads": (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "with ThreadPoolExecutor(8) as pool: print(sum(pool.map(abs, range(-10, 1))))",
        "55",
    ),
    "a thread's prints": (
        "import threading\nt = threading.Thread(target=print, args=('from a thread',)); t.start(); t.join()",
        "from a thread",
    ),
    "a pool of processes": (
        "import multiprocessing\n"
        "def double(x): return 2 * x\n"
        "with multiprocessing.get_context('fork').Pool(2) as pool: print(pool.map(double, range(5)))",
        "[0, 2, 4, 6, 8]",
    ),
    "a program": (
        "import subprocess, sys\n"
        "print(subprocess.run([sys.executable, '-c', 'print(6 * 7)'], capture_output=True, text=True).stdout)",
        "42",
    ),
    "a shell line": ("open('seen.txt', 'w').close()\n!ls seen.txt", "seen.txt"),
    "a pipe in the shell": ("!echo one two | wc -w", "2"),
    "algebra": (
        "import numpy as np\na = np.arange(90_000.0).reshape(300, 300)\nprint(np.allclose(a @ np.eye(300), a))",
        "True",
    ),
    "shared memory": (
        "from multiprocessing import shared_memory\n"
        "m = shared_memory.SharedMemory(create=True, size=1000)\n"
        "m.buf[:5] = b'hello'\nprint(bytes(m.buf[:5]))\nm.close(); m.unlink()",
        "b'hello'",
    ),
    "locks between processes": (
        "import multiprocessing\n"
        "c = multiprocessing.get_context('fork')\nv = c.Value('i', 0)\n"
        "def add():\n"
        "    for _ in range(100):\n"
        "        with v.get_lock(): v.value += 1\n"
        "ps = [c.Process(target=add) for _ in range(2)]\n"
        "for p in ps: p.start()\n"
        "for p in ps: p.join()\n"
        "print(v.value)",
        "200",
    ),
    "temporary folders": (
        "import tempfile, os\n"
        "with tempfile.TemporaryDirectory() as d: open(d + '/x', 'w').close(); print(os.listdir(d))",
        "['x']",
    ),
    "home": ("import pathlib; print((pathlib.Path.home() / '.cache').mkdir(exist_ok=True))", "None"),
    "who it is": ("import getpass; print(bool(getpass.getuser()))", "True"),
    "how many processors": (
        "import os, psutil; print(os.cpu_count() >= 1, psutil.virtual_memory().total > 0)",
        "True True",
    ),
    "the time": ("import time, datetime; print(datetime.datetime.now().timestamp() > 1.7e9)", "True"),
    "random bytes": ("import os, secrets; print(len(os.urandom(8)), len(secrets.token_hex(4)))", "8 8"),
    "a magic": ("%matplotlib inline\n%time x = 1\nprint(x)", "1"),
    "asynchronous code": ("import asyncio\nawait asyncio.sleep(0.01)\nprint('awaited')", "awaited"),
    "a pipe between processes": (
        "import os\nr, w = os.pipe()\nif os.fork() == 0: os.write(w, b'child'); os._exit(0)\n"
        "print(os.read(r, 5)); _ = os.wait()",
        "b'child'",
    ),
    "a unix socket pair": (
        "import socket\na, b = socket.socketpair()\na.send(b'x'); print(b.recv(1))",
        "b'x'",
    ),
    "a memory map": (
        "import numpy as np\nx = np.memmap('m.dat', dtype='f4', mode='w+', shape=(4,)); x[:] = 1; x.flush()\n"
        "print(np.fromfile('m.dat', 'f4').sum())",
        "4.0",
    ),
}


@pytest.fixture(scope="module", params=KINDS, ids="-".join)
def kernel(request: pytest.FixtureRequest, server: WarmServer, collector: Path) -> Iterator[Kernel]:
    kind: Kind = request.param
    skip_unless_held(kind[1])
    with started(kind, collector) as kernel:
        yield kernel


@pytest.mark.parametrize("use", USES)
def test_it_can_use(use: str, kernel: Kernel) -> None:
    source, expected = USES[use]
    assert kernel.run(source).splitlines()[-1:] == [expected]


def test_what_forked_workers_print_is_seen(kernel: Kernel) -> None:
    source = (
        "import multiprocessing\n"
        "def say(i): print(f'worker {i}', flush=True)\n"
        "with multiprocessing.get_context('fork').Pool(2) as pool: pool.map(say, range(3))\n"
        "import time; time.sleep(0.5)"
    )
    assert sorted(re.findall(r"worker \d", kernel.run(source))) == [
        "worker 0",
        "worker 1",
        "worker 2",
    ]


@each_kind
def test_a_figure_is_shown_by_the_first_cell(kind: Kind, server: WarmServer, collector: Path) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector) as kernel:
        assert "image/png" in kernel.mime_types(
            "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()"
        )


@each_kind
def test_a_new_kernel_shows_no_variables(kind: Kind, server: WarmServer, collector: Path) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector) as kernel:
        assert kernel.run("x = 1\n%who") == "x"


@each_kind
def test_an_aggressive_reset_forgets_what_was_imported(
    kind: Kind, server: WarmServer, collector: Path
) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector) as kernel:
        kernel.run("import chunk, sys\nget_ipython().reset(aggressive=True)")
        assert (
            kernel.run("import sys; print('chunk' in sys.modules, 'IPython' in sys.modules)") == "False True"
        )


@pytest.mark.slow
def test_torch_loads_data_with_worker_processes(kernel: Kernel) -> None:
    pytest.importorskip("torch")
    source = (
        "import torch\n"
        "from torch.utils.data import DataLoader, TensorDataset\n"
        "data = TensorDataset(torch.arange(20.0))\n"
        "print(sum(batch[0].sum().item() for batch in DataLoader(data, batch_size=4, num_workers=2)))"
    )
    assert kernel.run(source).splitlines()[-1] == "190.0"
