"""The parts of confinement that can be looked at without confining anything."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.kernels import cgroups, landlock, messages, view
from autograder.kernels.sandbox import Resources, Sandbox

TRUNCATE, MOVE, IOCTL = 1 << 14, 1 << 13, 1 << 15


def test_landlock_takes_away_what_its_version_knows() -> None:
    handled = {abi: landlock._handled_files(abi) for abi in range(1, 9)}
    assert handled[1] == 0x1FFF
    assert handled[2] == handled[1] | MOVE
    assert handled[3] == handled[4] == handled[2] | TRUNCATE
    assert handled[5] == handled[8] == handled[3] | IOCTL


def test_a_message_brings_its_descriptors() -> None:
    one, other = messages.pair()
    reading, writing = os.pipe()
    with one, other:
        messages.send(one, {"event": "ä", "n": [1, None]}, [reading, writing])
        received = messages.receive(other)
        assert received is not None
        message, (their_reading, their_writing) = received
        assert message == {"event": "ä", "n": [1, None]}
        assert not os.get_inheritable(their_reading)
        os.write(writing, b"through")
        assert os.read(their_reading, 10) == b"through"
    for fd in (reading, writing, their_reading, their_writing):
        os.close(fd)


def test_messages_keep_their_boundaries() -> None:
    one, other = messages.pair()
    with one, other:
        for number in range(3):
            messages.send(one, {"n": number})
        assert [messages.receive(other) for _ in range(3)] == [({"n": n}, []) for n in range(3)]


def test_the_end_of_the_other_side_is_no_message() -> None:
    one, other = messages.pair()
    with other:
        one.close()
        assert messages.receive(other) is None
        with pytest.raises(OSError, match="Broken pipe"):
            messages.send(other, {})


def test_a_message_over_the_limit_is_not_sent() -> None:
    one, other = messages.pair()
    with one, other:
        room = messages.MAX_MESSAGE - len('{"text": ""}')
        messages.send(one, {"text": "x" * room})
        received = messages.receive(other)
        assert received is not None
        assert len(received[0]["text"]) == room
        with pytest.raises(OSError, match="over the limit"):
            messages.send(one, {"text": "x" * (room + 1)})


def test_both_ends_end_with_an_exec() -> None:
    one, other = messages.pair()
    with one, other:
        fds = [one.fileno(), other.fileno()]
        check = f"import os\nfor fd in {fds}:\n  try: os.fstat(fd); print('open')\n  except OSError: pass"
        done = subprocess.run(
            [sys.executable, "-c", check], capture_output=True, text=True, close_fds=False, check=True
        )
        assert done.stdout == ""


def test_a_sandbox_survives_being_written_down() -> None:
    sandbox = Sandbox("landlock", Resources(1, 2, 3, 4), readable=("/a", "/b"), as_student=False, work="/w")
    assert Sandbox.from_json(sandbox.to_json()) == sandbox


def test_only_the_outermost_of_nested_folders_are_shown(tmp_path: Path) -> None:
    for name in ("a/b/c", "ab"):
        (tmp_path / name).mkdir(parents=True)
    paths = [str(tmp_path / name) for name in ("a/b", "a", "a/b/c", "ab", "a", "missing")]
    assert view._outermost(paths) == [str(tmp_path / "a"), str(tmp_path / "ab")]


def test_a_link_that_leads_nowhere_is_shown_as_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nowhere")
    assert view._outermost([str(tmp_path / "link")]) == [str(tmp_path / "link")]


def test_the_environment_covers_the_interpreter_and_every_library_in_use() -> None:
    import numpy as np

    folders = [*view.environment_folders(), *view._SYSTEM]
    for path in (
        sys.executable,
        str(Path(sys.executable).resolve()),
        os.__file__,
        np.__file__,
        *view._mapped_files(),
    ):
        assert view._is_below(path, folders), path


def test_no_folder_of_the_environment_is_one_that_everything_lies_below() -> None:
    assert not {"/", "/root", "/home", "/tmp", str(Path.home()), str(Path.cwd())} & set(
        view.environment_folders()
    )


def test_folders_are_removed_however_they_were_left(tmp_path: Path) -> None:
    folder = tmp_path / "kernel"
    (folder / "a/b").mkdir(parents=True)
    (folder / "a/b/file").write_text("x")
    outside = tmp_path / "outside"
    outside.mkdir(mode=0o500)
    (folder / "link").symlink_to(outside)
    (folder / "a/b").chmod(0)
    (folder / "a").chmod(0)
    view.remove(str(folder))
    assert not folder.exists()
    assert outside.stat().st_mode & 0o777 == 0o500


@pytest.fixture
def groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in the place of the system's own; making a folder in it brings no files."""
    monkeypatch.setattr(cgroups, "_ROOT", tmp_path)
    return tmp_path


def _given(monkeypatch: pytest.MonkeyPatch, groups: dict[str, str], *, files: tuple[str, ...]) -> None:
    """This process is in `groups`; each group that is made has `files`, as the system would give it."""
    monkeypatch.setattr(cgroups, "_own_groups", lambda: groups)
    mkdir = Path.mkdir

    def make(path: Path) -> None:
        mkdir(path)
        for name in files:
            (path / name).write_text("")

    monkeypatch.setattr(Path, "mkdir", make)


def test_version_2_is_used_where_memory_is_handed_down(groups: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (groups / "own").mkdir()
    (groups / "cgroup.controllers").write_text("memory pids")
    _given(monkeypatch, {"": "/own"}, files=("memory.max", "memory.swap.max", "pids.max", "cgroup.procs"))
    group = cgroups.create(memory_bytes=1000, processes=7)
    assert group is not None
    assert group.is_version_2
    (folder,) = group.folders
    assert folder == groups / "own" / f"autograder-{os.getpid()}"
    limits = {path.name: path.read_text() for path in folder.iterdir()}
    assert limits == {"memory.max": "1000", "memory.swap.max": "0", "pids.max": "7", "cgroup.procs": ""}
    group.add(4321)
    assert (folder / "cgroup.procs").read_text() == "4321"


def test_without_a_memory_controller_there_is_no_group(groups: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (groups / "own").mkdir()
    (groups / "cgroup.controllers").write_text("pids")
    _given(monkeypatch, {"": "/own"}, files=())
    assert cgroups.create(memory_bytes=1000, processes=7) is None
    assert list((groups / "own").iterdir()) == []


def test_version_1_limits_each_controller_in_its_own_place(
    groups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("memory/box", "pids"):
        (groups / folder).mkdir(parents=True)
    for controller in ("memory", "pids"):
        (groups / controller / "cgroup.procs").write_text("")
    _given(monkeypatch, {"memory": "/box", "pids": "/"}, files=("memory.limit_in_bytes", "pids.max"))
    group = cgroups.create(memory_bytes=1000, processes=7)
    assert group is not None
    assert not group.is_version_2
    assert [folder.parent for folder in group.folders] == [groups / "memory/box", groups / "pids"]
    assert (group.folders[0] / "memory.limit_in_bytes").read_text() == "1000"
    assert (group.folders[1] / "pids.max").read_text() == "7"


def test_where_nothing_is_mounted_there_is_no_group(groups: Path) -> None:
    assert cgroups.create(memory_bytes=1000, processes=7) is None


@pytest.mark.parametrize("is_version_2", [True, False])
def test_a_kill_for_want_of_memory_is_read_from_the_group(is_version_2: bool, tmp_path: Path) -> None:
    group = cgroups.ControlGroup((tmp_path,), is_version_2)
    assert not group.was_out_of_memory()
    facts = tmp_path / ("memory.events" if is_version_2 else "memory.oom_control")
    facts.write_text("low 0\noom 1\noom_kill 0\n")
    assert not group.was_out_of_memory()
    facts.write_text("low 0\noom 1\noom_kill 1\n")
    assert group.was_out_of_memory()


def test_groups_of_the_dead_are_removed_and_those_of_the_living_kept(
    groups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (groups / "cgroup.controllers").write_text("memory")
    monkeypatch.setattr(cgroups, "_own_groups", lambda: {"": "/"})
    dead, living, foreign = (
        groups / f"autograder-{2**22 + 1}",
        groups / f"autograder-{os.getpid()}",
        groups / "user",
    )
    for folder in (dead, living, foreign):
        folder.mkdir()
    cgroups.remove_stale()
    assert not dead.exists()
    assert living.exists()
    assert foreign.exists()


def test_closing_an_end_lets_a_waiting_one_go() -> None:
    one, other = messages.pair()
    with one, other:
        one.shutdown(socket.SHUT_RDWR)
        assert messages.receive(other) is None
