"""What every kernel keeps, whatever its kind and level: how it starts, what it sees, that it can be stopped."""

import asyncio
import os
import tempfile
from collections.abc import Iterator
from importlib.metadata import entry_points
from multiprocessing import shared_memory
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from autograder.errors import EvidenceError, HarnessError
from autograder.kernels import KernelSession, WarmServer, cgroups
from kernels.use import (
    KINDS,
    TOKEN,
    Kernel,
    Kind,
    each_kind,
    open_descriptors,
    processes_with,
    skip_unless_held,
    started,
    wait_until,
)

RANDOM = "import random, numpy; print(random.random(), numpy.random.rand())"


@pytest.fixture(scope="module", params=KINDS, ids="-".join)
def kernel(request: pytest.FixtureRequest, server: WarmServer, collector: Path) -> Iterator[Kernel]:
    """A kernel shared by the claims that do it no harm."""
    kind: Kind = request.param
    skip_unless_held(kind[1])
    with started(kind, collector) as kernel:
        kernel.run("import os")  # the claims are tried in any order, and not all of them by one process
        yield kernel


def test_both_provisioners_are_registered() -> None:
    names = {entry.name for entry in entry_points(group="jupyter_client.kernel_provisioners")}
    assert {"autograder-cold", "autograder-warm"} <= names


def test_it_says_its_kind_and_the_level_in_force(kernel: Kernel) -> None:
    assert (kernel.session.kind, kernel.session.isolation) in KINDS
    is_confined = kernel.run("print(open('/proc/self/status').read())").count("NoNewPrivs:\t1") == 1
    assert is_confined == (kernel.session.isolation != "none")


def test_it_starts_in_its_home(kernel: Kernel) -> None:
    kernel.session.put_file("beside.txt", b"put there")
    assert kernel.run("import os; print(os.getcwd() == os.environ['HOME'])") == "True"
    assert kernel.run("print(open('beside.txt').read())") == "put there"
    kernel.run("open('written.txt', 'w').write('by the student')")
    assert (kernel.session.home / "written.txt").read_text() == "by the student"


def test_it_inherits_no_variable_of_the_callers(kernel: Kernel) -> None:
    environment = kernel.run("print(dict(os.environ))")
    assert "PATH" in environment
    assert TOKEN not in environment
    assert "AUTOGRADER" not in environment
    assert TOKEN not in kernel.run("print(open('/proc/self/environ').read())")


def test_temporary_files_have_a_place(kernel: Kernel) -> None:
    source = "import tempfile; f = tempfile.NamedTemporaryFile(); f.write(b'x'); f.flush(); print('kept')"
    assert kernel.run(source) == "kept"


def test_the_collector_is_there_before_the_first_cell(kernel: Kernel) -> None:
    assert kernel.run("import sys; print(sys.modules['_autograder_collector'].loaded)") == "True"


def test_the_drop_is_shared_with_whoever_collects(kernel: Kernel) -> None:
    kernel.session.put_in_drop("asked.json", b"[1]")
    inside = kernel.session.drop_inside
    assert kernel.run(f"print(open({inside + '/asked.json'!r}).read())") == "[1]"
    kernel.run(f"open({inside + '/answer.json'!r}, 'w').write('[2]')")
    assert (kernel.session.drop / "answer.json").read_text() == "[2]"


def test_what_lies_in_the_way_of_the_drop_is_a_student_s_doing(kernel: Kernel) -> None:
    kernel.run(f"os.makedirs({kernel.session.drop_inside + '/blocked.json'!r})")
    with pytest.raises(EvidenceError, match=r"blocked\.json"):
        kernel.session.put_in_drop("blocked.json", b"[1]")


def test_our_package_is_not_among_the_loaded_modules(kernel: Kernel) -> None:
    assert kernel.run("print([name for name in sys.modules if name.startswith('autograder')])") == "[]"


def test_a_module_of_the_student_s_can_be_imported(kernel: Kernel) -> None:
    kernel.run("%%writefile helper.py\nvalue = 5")
    assert kernel.run("import helper; print(helper.value)") == "5"


def test_a_module_of_the_student_s_shadows_no_library(kernel: Kernel) -> None:
    kernel.run("%%writefile colorsys.py\nraise SystemExit('shadowed')")
    assert kernel.run("import colorsys; print(colorsys.rgb_to_hsv(0, 0, 0))") == "(0.0, 0.0, 0)"


def test_an_interrupt_stops_a_loop_and_nothing_else(kernel: Kernel) -> None:
    async def interrupt() -> None:
        await asyncio.sleep(0.5)
        await kernel.session.interrupt()

    kernel.run("kept = 1")
    task = kernel.runner.get_loop().create_task(interrupt())
    assert "KeyboardInterrupt" in kernel.run("while True: pass")
    assert task.done()
    assert kernel.run("print(kept)") == "1"


def test_it_counts_its_processor_time(kernel: Kernel) -> None:
    before = kernel.session.cpu_s
    kernel.run("import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass")
    assert kernel.session.cpu_s - before >= 0.25
    assert kernel.usage().cpu_s >= 0.25


READ_SIZES = "import os; print(os.environ.get('COURSE_SETTINGS'))"


def test_a_kernel_without_sizes_has_no_variable_for_them(kernel: Kernel) -> None:
    assert kernel.run(READ_SIZES) == "None"


@each_kind
def test_the_sizes_are_there_before_the_first_cell(server: WarmServer, collector: Path, kind: Kind) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector, settings={"EPOCHS": 15, "SIDE": 224}) as kernel:
        assert kernel.run(READ_SIZES) == '{"EPOCHS": 15, "SIDE": 224}'


@pytest.fixture(scope="module")
def numbers(server: WarmServer, collector: Path) -> dict[Kind, list[str]]:
    """What kernels of each kind draw with the seeds 4, 4 and 5."""
    drawn: dict[Kind, list[str]] = {}
    for kind in (("warm", "none"), ("cold", "none")):
        drawn[kind] = []
        for seed in (4, 4, 5):
            with started(kind, collector, seed=seed) as kernel:
                drawn[kind].append(kernel.run(RANDOM))
    return drawn


def test_the_same_seed_gives_the_same_numbers_whatever_the_kind(numbers: dict[Kind, list[str]]) -> None:
    (first, again, other), cold = numbers.values()
    assert first == again
    assert set(first.split()).isdisjoint(other.split())
    assert cold == [first, again, other]


@each_kind
def test_nbclient_runs_a_notebook_in_it(kind: Kind, server: WarmServer, collector: Path) -> None:
    skip_unless_held(kind[1])
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("6 * 7")])
    with started(kind, collector) as kernel:
        assert isinstance(kernel.session.manager, AsyncKernelManager)
        client = NotebookClient(notebook, km=kernel.session.manager)
        client.kc = kernel.session.client
        kernel.runner.run(client.async_execute_cell(notebook.cells[0], 0))
    assert notebook.cells[0].outputs[0].data["text/plain"] == "42"


def test_a_kernel_that_cannot_start_is_our_fault(tmp_path: Path) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("raise RuntimeError('collector is broken')")
    with pytest.raises(HarnessError, match="collector is broken"), started(("cold", "none"), broken):
        pytest.fail("it started")


# In a process group and session of its own, and in one whose parent has ended.
DETACHED = """
import os, subprocess, sys
command = [sys.executable, '-c', 'import time; time.sleep(600)', {mark!r}]
subprocess.Popen(command, start_new_session=True)
if {with_orphan} and os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execv(sys.executable, command)
    os._exit(0)
"""


@each_kind
def test_nothing_is_left_of_a_closed_kernel(
    kind: Kind, server: WarmServer, collector: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    skip_unless_held(kind[1])
    has_monitor = kind[0] == "warm"  # a cold kernel's orphans are nobody's
    mark = f"ag-kernel-test-{os.getpid()}-{'-'.join(kind)}"
    folder = tmp_path / "t"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    with started(kind, collector) as kernel:
        kernel.run(DETACHED.format(mark=mark, with_orphan=has_monitor))
        kernel.run("os.makedirs('a/b'); open('a/b/c', 'w').write('x'); os.chmod('a/b', 0)")
        assert wait_until(lambda: len(processes_with(mark)) == 1 + has_monitor)
        monitor, runtime = kernel.monitor, server.log.parent
        groups = _groups_of(monitor)
        assert bool(groups) == (kind[1] != "none" and _can_group())
        assert list(folder.iterdir())
    assert processes_with(mark) == []
    assert list(folder.iterdir()) == []
    assert not any(group.exists() for group in groups)
    assert not (runtime / str(monitor)).exists()


def _can_group() -> bool:
    group = cgroups.create(memory_bytes=10**9, processes=64)
    if group is not None:
        group.remove()
    return group is not None


def _groups_of(monitor: int | None) -> list[Path]:
    return list(Path("/sys/fs/cgroup").rglob(f"autograder-{monitor}"))


@pytest.mark.parametrize("kind", KINDS[:3], ids="-".join)
def test_its_shared_memory_goes_with_it_and_a_neighbour_s_stays(
    kind: Kind, server: WarmServer, collector: Path
) -> None:
    skip_unless_held(kind[1])
    names = [f"ag-test-{os.getpid()}-{'-'.join(kind)}-{whose}" for whose in ("own", "neighbour")]
    own, neighbour = (Path("/dev/shm") / name for name in names)
    with started(kind, collector) as kernel:
        kernel.run(f"import os; os.close(os.open({str(own)!r}, os.O_CREAT | os.O_RDWR))")
        assert own.exists() == (kind[1] != "namespaces")
        block = shared_memory.SharedMemory(name=neighbour.name, create=True, size=100)
    try:
        assert not own.exists()
        assert neighbour.exists()
    finally:
        block.close()
        block.unlink()


@each_kind
def test_it_can_be_closed_twice(kind: Kind, server: WarmServer, collector: Path) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector) as kernel:
        kernel.runner.run(kernel.session.close())
        assert not kernel.is_alive


@pytest.mark.parametrize("kind", [("warm", "namespaces"), ("cold", "none")], ids="-".join)
def test_many_kernels_one_after_the_other_leave_no_descriptor_open(
    kind: Kind, server: WarmServer, collector: Path
) -> None:
    skip_unless_held(kind[1])

    def use_one() -> list[str]:
        with started(kind, collector) as kernel:
            assert kernel.run("print(1)") == "1"
        return open_descriptors()

    use_one()  # what a library opens once and keeps
    before = use_one()
    for _ in range(2):
        after = use_one()
    assert len(after) == len(before), sorted(set(after) - set(before))


def test_a_session_that_never_started_leaves_nothing(
    collector: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    async def refuse(_session: KernelSession) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(KernelSession, "_start", refuse)
    with pytest.raises(HarnessError, match="no more processes"), started(("cold", "none"), collector):
        pytest.fail("it started")
    assert list(tmp_path.iterdir()) == []
