"""The warm server: started when wanted, started again when dead, children used once, nothing stray."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograder.errors import HarnessError
from autograder.kernels import Level, Sandbox, WarmServer, provisioner
from autograder.kernels.tree import descendants, proportional_bytes, resident_bytes
from autograder.kernels.warm import KERNEL_MODULES, Child
from kernels.use import (
    KINDS,
    MISSING_MODULE,
    RESOURCES,
    TOKEN,
    is_running,
    skip_unless_held,
    started,
    wait_until,
)

OPTIONS = {"seed": 0, "cpu": None}
OPEN = Sandbox("none", RESOURCES)
WARM_LEVELS = [level for kind, level in KINDS if kind == "warm"]

each_level = pytest.mark.parametrize("level", WARM_LEVELS)


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Iterator[WarmServer]:
    """A server that a test may do anything to."""
    with WarmServer(KERNEL_MODULES) as own:
        monkeypatch.setattr(provisioner, "_adopted", own)
        yield own


@contextlib.contextmanager
def child_of(server: WarmServer, sandbox: Sandbox = OPEN, *, standby: bool = False) -> Iterator[Child]:
    child = server.child("kernel", OPTIONS, sandbox, standby=standby)
    try:
        yield child
    finally:
        child.close()


def running_below(server: WarmServer) -> list[int]:
    assert server.pid is not None
    return [pid for pid in descendants(server.pid) if is_running(pid)]


def test_a_server_that_nobody_asks_is_not_started() -> None:
    with WarmServer(KERNEL_MODULES) as server:
        assert server.pid is None


def test_a_child_is_used_once_and_leaves_the_server_as_it_was(server: WarmServer, collector: Path) -> None:
    pids = []
    for _ in range(2):
        with started(("warm", "none"), collector) as kernel:
            assert kernel.run("print('mine' in globals())") == "False"
            assert kernel.run("import os; print(os.listdir())") == "[]"
            kernel.run("mine = 1; open('mine.txt', 'w').close(); import json; json.mine = 1")
            pids.append(kernel.run("print(os.getpid())"))
    assert pids[0] != pids[1]
    with started(("warm", "none"), collector) as kernel:
        assert kernel.run("import json; print(hasattr(json, 'mine'))") == "False"
    assert wait_until(lambda: running_below(server) == [])


@pytest.mark.parametrize("level", ["namespaces", "landlock"])
def test_two_children_at_once_do_not_see_each_other(
    level: Level, server: WarmServer, collector: Path
) -> None:
    skip_unless_held(level)
    with started(("warm", level), collector) as one, started(("warm", level), collector) as other:
        assert one.monitor is not None
        pid = descendants(one.monitor)[0]
        one.run("import os, tempfile; open('secret.txt', 'w').write('x')")
        path = one.run("print(os.path.abspath('secret.txt'))")
        look = (
            "import os, pathlib\n"
            "def tell(path):\n"
            "    try: return pathlib.Path(path).read_text()\n"
            "    except OSError: return 'refused'\n"
            f"print(tell({path!r}), tell('/proc/{pid}/root' + {path!r}), tell('/proc/{pid}/environ'))"
        )
        assert other.run(look) == "refused refused refused"
        kill = f"import os\ntry: os.kill({pid}, 9)\nexcept OSError: print('refused')"
        assert other.run(kill) == "refused"
        assert one.is_alive


@each_level
def test_a_killed_server_takes_its_children_along_and_is_started_again(own: WarmServer, level: Level) -> None:
    skip_unless_held(level)
    with child_of(own, Sandbox(level, RESOURCES)) as child:
        first = own.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        assert wait_until(lambda: not any(map(is_running, (first, child.monitor, child.pid))))
        assert child.poll() is not None
    with child_of(own, Sandbox(level, RESOURCES)) as child:
        assert own.pid not in (None, first)
        assert is_running(child.pid)


DETACHED = """
import subprocess
subprocess.Popen(["sh", "-c", "setsid sleep 600 & sleep 600"], start_new_session=True)
"""


@each_level
def test_what_a_child_started_does_not_outlive_a_killed_server(
    own: WarmServer, collector: Path, level: Level
) -> None:
    skip_unless_held(level)
    with started(("warm", level), collector) as kernel:
        kernel.run(DETACHED)
        monitor = kernel.monitor
        assert monitor is not None
        assert wait_until(lambda: len(descendants(monitor)) >= 4)  # the kernel, the shell, and two that sleep
        below = [monitor, *descendants(monitor)]
        assert own.pid is not None
        os.kill(own.pid, signal.SIGKILL)
        assert wait_until(lambda: not any(map(is_running, below)))


def test_a_killed_monitor_takes_its_child_along_and_nobody_else(own: WarmServer) -> None:
    with child_of(own) as victim, child_of(own) as neighbour:
        os.kill(victim.monitor, signal.SIGKILL)
        assert wait_until(lambda: not is_running(victim.pid))
        assert wait_until(lambda: victim.poll() is not None)
        assert neighbour.poll() is None
        assert is_running(neighbour.pid)


def test_it_outlives_the_thread_that_started_it(own: WarmServer) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: own.control).result()
    pid = own.pid
    time.sleep(0.3)
    with child_of(own):
        assert own.pid == pid


HOLDER = """
import json, os, signal, subprocess, sys, time
from autograder.kernels import Resources, Sandbox, WarmServer
from autograder.kernels.warm import KERNEL_MODULES
server = WarmServer(KERNEL_MODULES)
sandbox = Sandbox(sys.argv[1], Resources(10**9, 10**7, 500, 64))
child = server.child("kernel", {"seed": 0, "cpu": None}, sandbox, standby=True)
time.sleep(1.5)
print(json.dumps([str(server.log.parent), server.pid, child.monitor, child.pid]), flush=True)
if sys.argv[2] == "hang": time.sleep(600)
"""


@each_level
@pytest.mark.parametrize("end", ["hang", "leave"])
def test_it_ends_with_its_holder_and_nothing_is_left(level: Level, end: str, tmp_path: Path) -> None:
    skip_unless_held(level)
    command = [sys.executable, "-P", "-c", HOLDER, level, end]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env={**os.environ, "TMPDIR": str(tmp_path)}, text=True
    ) as holder:
        assert holder.stdout is not None
        runtime, server, monitor, child = json.loads(holder.stdout.readline())
        if end == "hang":
            below = [server, *descendants(server)]
            assert {monitor, child} < set(below)
            assert len(below) >= 5  # the standby's two among them
            holder.kill()
        else:
            below = [server, monitor, child]
    assert wait_until(lambda: not any(map(is_running, below)))
    assert not Path(runtime).exists()
    groups = Path("/sys/fs/cgroup")
    assert not [path for pid in below for path in groups.rglob(f"autograder-{pid}")]


def test_a_standby_serves_the_next_request_of_its_kind_only(own: WarmServer) -> None:
    other = Sandbox("none", RESOURCES, readable=("/nowhere",))
    with child_of(own, standby=True) as child:
        waiting = _standby_of(own, [child.monitor])
    with child_of(own, standby=True) as child:
        assert child.monitor == waiting
        waiting = _standby_of(own, [child.monitor])
    with child_of(own, other) as child:
        assert child.monitor != waiting
        assert wait_until(lambda: not is_running(waiting))


def test_a_standby_takes_the_sizes_of_whoever_gets_it(own: WarmServer, collector: Path) -> None:
    ask = "import os; print(os.environ.get('COURSE_SETTINGS'))"
    with started(("warm", "none"), collector, standby=True, settings={"EPOCHS": 1}) as kernel:
        assert kernel.run(ask) == '{"EPOCHS": 1}'
        waiting = _standby_of(own, [kernel.monitor or 0])
    with started(("warm", "none"), collector, standby=True, settings={"EPOCHS": 30}) as kernel:
        assert kernel.monitor == waiting
        assert kernel.run(ask) == '{"EPOCHS": 30}'
        waiting = _standby_of(own, [waiting])
    with started(("warm", "none"), collector) as kernel:
        assert kernel.monitor == waiting
        assert kernel.run(ask) == "None"


def _standby_of(server: WarmServer, asked: list[int]) -> int:
    """The monitor that nobody has asked for yet."""
    assert server.pid is not None
    found: list[int] = []

    def look() -> bool:
        monitors = [pid for pid in descendants(server.pid or 0) if _parent_of(pid) == server.pid]
        found[:] = [pid for pid in monitors if pid not in asked and is_running(pid)]
        return len(found) == 1 and len(descendants(found[0])) == 1

    assert wait_until(look)
    return found[0]


def _parent_of(pid: int) -> int | None:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return None


def test_a_standby_that_died_is_replaced(own: WarmServer) -> None:
    with child_of(own, standby=True) as child:
        waiting = _standby_of(own, [child.monitor])
        os.kill(waiting, signal.SIGKILL)
        assert wait_until(lambda: not is_running(waiting))
        with child_of(own, standby=True) as next_child:
            assert next_child.monitor != waiting
            assert is_running(next_child.pid)


def test_it_does_not_serve_with_more_than_one_thread(tmp_path: Path) -> None:
    threaded = tmp_path / "threaded.py"
    threaded.write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n"
    )
    with WarmServer([], standalone={"threaded": threaded}) as server:
        with pytest.raises(HarnessError, match="2 threads run after the imports"):
            _ = server.control
        assert server.pid is None


@each_level
def test_a_monitor_told_to_end_while_it_forks_ends(level: Level, tmp_path: Path) -> None:
    skip_unless_held(level)
    hook = tmp_path / "hook.py"
    hook.write_text(
        "import os, signal\n"
        "def tell():\n"
        "    if callable(signal.getsignal(signal.SIGTERM)):  # in a monitor\n"
        "        os.kill(os.getpid(), signal.SIGTERM)\n"
        "os.register_at_fork(after_in_parent=tell)\n"
    )
    with WarmServer(KERNEL_MODULES, standalone={"hook": hook}) as server:
        with pytest.raises(HarnessError):
            server.child("kernel", OPTIONS, Sandbox(level, RESOURCES), standby=False)
        wait_until(lambda: not running_below(server))


def test_a_module_that_breaks_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("raise RuntimeError('half installed')")
    with (
        WarmServer([], standalone={"broken": broken}) as server,
        pytest.raises(HarnessError, match="half installed"),
    ):
        _ = server.control


def test_a_module_that_is_not_installed_is_passed_over() -> None:
    with WarmServer([MISSING_MODULE]) as server:
        assert server.control.fileno() > 0


def test_whoever_holds_the_control_socket_may_ask(own: WarmServer) -> None:
    adopted = WarmServer.adopt(own.control.dup())
    with child_of(adopted) as theirs, child_of(own) as ours:
        assert theirs.monitor != ours.monitor
        assert {theirs.monitor, ours.monitor} <= set(running_below(own))
    adopted.close()
    with child_of(own) as child:
        assert child.poll() is None


def test_an_adopted_server_that_is_gone_is_our_fault(own: WarmServer) -> None:
    with WarmServer.adopt(own.control.dup()) as adopted:
        own.close()
        with pytest.raises(HarnessError, match="warm server"):
            adopted.child("kernel", OPTIONS, OPEN, standby=False)


def test_it_may_be_asked_from_many_threads_at_once(own: WarmServer) -> None:
    def use(_: int) -> tuple[int | None, int]:
        with child_of(own) as child:
            return own.pid, child.pid

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(use, range(6)))
    assert len({server for server, _ in answers}) == 1
    assert len({child for _, child in answers}) == 6


def test_a_sandbox_that_cannot_be_had_fails_with_its_reason(own: WarmServer) -> None:
    absent = Sandbox("none", RESOURCES, work="/proc/no/such/folder")
    with pytest.raises(HarnessError, match="/proc/no"):
        own.child("kernel", OPTIONS, absent, standby=False)
    with child_of(own) as child:
        assert child.poll() is None


@each_level
def test_an_idle_child_shares_most_of_its_memory(level: Level, server: WarmServer) -> None:
    skip_unless_held(level)
    with child_of(server, Sandbox(level, RESOURCES)) as child, child_of(server, Sandbox(level, RESOURCES)):
        resident = resident_bytes([child.pid])
        held = proportional_bytes([child.pid])
        assert held is not None
        assert 0 < held < 0.7 * resident


def test_a_process_that_has_ended_holds_no_memory() -> None:
    zombie = os.fork()
    if zombie == 0:
        os._exit(0)
    os.waitid(os.P_PID, zombie, os.WEXITED | os.WNOWAIT)
    assert proportional_bytes([zombie, os.getpid()]) == pytest.approx(
        proportional_bytes([os.getpid()]), rel=0.2
    )
    os.waitpid(zombie, 0)
    assert proportional_bytes([zombie]) == 0


def test_children_hold_none_of_the_callers_secrets(server: WarmServer) -> None:
    with child_of(server) as child:
        for pid in (server.pid, child.monitor, child.pid):
            assert TOKEN not in Path(f"/proc/{pid}/environ").read_text()
