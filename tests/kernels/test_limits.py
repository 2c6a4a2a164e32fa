"""How a kernel ends: by itself, by a signal, at a limit; and what the session says about it."""

import signal
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.kernels import WarmServer, provisioner
from autograder.kernels.warm import KERNEL_MODULES
from kernels.use import KINDS, RESOURCES, Kind, each_kind, skip_unless_held, started

HOG = "hog = bytearray(700_000_000)\nimport time; time.sleep(600)"
BUSY = "while True: pass"
SEGFAULT = "import ctypes; ctypes.string_at(0)"
SUICIDE = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"

pytestmark = pytest.mark.usefixtures("server")


@each_kind
def test_leaving_by_itself_is_no_signal(kind: Kind, collector: Path) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector) as kernel:
        kernel.run_to_the_end("import os; os._exit(3)")
        assert kernel.session.end_signal is None
        assert kernel.session.limit_reached is None


@each_kind
def test_a_crash_is_told_by_its_signal(kind: Kind, collector: Path) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector) as kernel:
        kernel.run_to_the_end(SEGFAULT)
        assert kernel.session.end_signal == "SIGSEGV"
        assert kernel.session.limit_reached is None


@each_kind
def test_killing_itself_is_told_or_does_no_harm(kind: Kind, collector: Path) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector) as kernel:
        if kind[1] == "namespaces":  # the first process of a pid namespace takes no such signal from inside
            assert kernel.run(SUICIDE + "\nprint('still here')") == "still here"
        else:
            kernel.run_to_the_end(SUICIDE)
            assert kernel.session.end_signal == "SIGKILL"
            assert kernel.session.limit_reached is None


@pytest.mark.parametrize("kind", KINDS[1:], ids="-".join)
def test_a_signal_without_a_name_is_told_by_its_number(kind: Kind, collector: Path) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector) as kernel:
        kernel.run_to_the_end("import os, signal; os.kill(os.getpid(), signal.SIGRTMIN + 5)")
        assert kernel.session.end_signal == f"signal {signal.SIGRTMIN + 5}"


@each_kind
def test_over_its_memory_it_is_killed_for_that(kind: Kind, collector: Path) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector, resources=replace(RESOURCES, memory_bytes=300_000_000)) as kernel:
        kernel.run_to_the_end(HOG)
        assert kernel.session.limit_reached == "memory"


@pytest.mark.parametrize("kind", KINDS[:2], ids="-".join)
def test_memory_is_watched_where_no_control_group_can_be_had(
    kind: Kind, collector: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    skip_unless_held(kind[1])
    without = tmp_path / "without_groups.py"
    without.write_text(
        "import pathlib\nfrom autograder.kernels import cgroups\ncgroups._ROOT = pathlib.Path('/none')\n"
    )
    with WarmServer(KERNEL_MODULES, standalone={"without_groups": without}) as server:
        monkeypatch.setattr(provisioner, "_adopted", server)
        with started(kind, collector, resources=replace(RESOURCES, memory_bytes=300_000_000)) as kernel:
            assert not list(Path("/sys/fs/cgroup").rglob(f"autograder-{kernel.monitor}"))
            kernel.run_to_the_end(HOG)
            assert kernel.session.limit_reached == "memory"
            assert kernel.usage().peak_memory_bytes > 300_000_000


@each_kind
def test_memory_of_its_child_processes_counts(kind: Kind, collector: Path) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector, resources=replace(RESOURCES, memory_bytes=300_000_000)) as kernel:
        kernel.run_to_the_end(
            "import os, time\n"
            "for _ in range(4):\n"
            "    if os.fork() == 0:\n"
            "        part = bytearray(150_000_000); time.sleep(600)\n"
            "while os.wait(): os._exit(7)"  # the system may have taken one of the children only
        )
        assert kernel.session.limit_reached == "memory"


@each_kind
def test_memory_that_workers_share_counts_once(kind: Kind, collector: Path) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector, resources=replace(RESOURCES, memory_bytes=600_000_000)) as kernel:
        kernel.run(
            "import os, signal, time\n"
            "shared = b'x' * 150_000_000\n"
            "workers = []\n"
            "for i in range(8):\n"
            "    pid = os.fork()\n"
            "    if pid == 0: sum(shared[::4096]); os._exit(0) if i == 0 else time.sleep(600)\n"
            "    workers.append(pid)\n"
            "time.sleep(1.5)\n"
            "for pid in workers: os.kill(pid, signal.SIGKILL); os.waitpid(pid, 0)"
        )
        assert kernel.run("print('still here')") == "still here"


@each_kind
def test_over_its_processor_time_it_is_killed_for_that(kind: Kind, collector: Path) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector, cpu_s=1.0) as kernel:
        kernel.run_to_the_end(BUSY)
        assert kernel.session.limit_reached == "cpu"


@each_kind
def test_a_disk_is_filled_no_further_than_allowed(kind: Kind, collector: Path) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector, resources=replace(RESOURCES, disk_bytes=4_000_000)) as kernel:
        fill = "for i in range(20): open(f'f{i}', 'wb').write(b'x' * 1_000_000)\n"
        if kind[1] == "namespaces":
            assert "No space left" in kernel.run(fill)
            assert kernel.run("print('still here')") == "still here"
        else:
            kernel.run_to_the_end(fill + "import time; time.sleep(600)")
            assert kernel.session.limit_reached == "disk"


@each_kind
def test_no_more_files_can_be_made_than_allowed(kind: Kind, collector: Path) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector, resources=replace(RESOURCES, max_files=200)) as kernel:
        fill = "for i in range(400): open(f'f{i}', 'w').close()\n"
        if kind[1] == "namespaces":
            assert "No space left" in kernel.run(fill)
        else:
            kernel.run_to_the_end(fill + "import time; time.sleep(600)")
            assert kernel.session.limit_reached == "disk"


@pytest.mark.parametrize("kind", KINDS[:2], ids="-".join)
def test_no_file_can_be_larger_than_the_disk(kind: Kind, collector: Path) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector, resources=replace(RESOURCES, disk_bytes=4_000_000)) as kernel:
        assert "Error" in kernel.run("f = open('f', 'wb'); f.truncate(10**9); f.write(b'x')")


@pytest.mark.parametrize("kind", KINDS[:2], ids="-".join)
def test_no_more_processes_can_be_started_than_allowed(kind: Kind, collector: Path) -> None:
    skip_unless_held(kind[1])
    source = (
        "import os, signal, time\n"
        "started = []\n"
        "try:\n"
        "    for _ in range(200):\n"
        "        pid = os.fork()\n"
        "        if pid == 0: time.sleep(600)\n"
        "        started.append(pid)\n"
        "except OSError as error: print(type(error).__name__, len(started) <= 80)\n"
        "for pid in started: os.kill(pid, signal.SIGKILL); os.waitpid(pid, 0)"
    )
    with started(kind, collector, resources=replace(RESOURCES, processes=80)) as kernel:
        assert kernel.run(source) == "BlockingIOError True"
        assert kernel.run("print('still here')") == "still here"


@each_kind
def test_whoever_looks_after_it_can_kill_it(kind: Kind, collector: Path) -> None:
    skip_unless_held(kind[1])
    with started(kind, collector) as kernel:
        kernel.session.kill()
        kernel.runner.run(kernel.session.wait_for_end())
        assert not kernel.is_alive
        assert kernel.session.limit_reached is None
