"""What a confined process can see: a file system of its own, put together from read-only parts of this one.

Visible are the interpreter, its environment, system libraries and programs, a few files of /etc, a small
/dev, a /proc of its own, the paths named by the caller, and one writable file system in memory. Nothing else
of this machine has a name there: no home folders, no course, no results, no sockets of services.
"""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.kernels import syscalls

# Folders with programs and libraries; links among them (as /lib to usr/lib) stay links.
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_ETC = (
    *("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "localtime", "timezone", "fonts"),
    *("mime.types", "magic", "protocols", "services", "nsswitch.conf", "locale.alias", "matplotlibrc"),
)
_DEVICES = ("null", "zero", "full", "random", "urandom")
_SYS = "/sys/devices/system"  # how many processors and memory nodes there are
STUDENT_ID = 1000  # user and group inside
HOME = "/home/student"
MEMORY = "/run/kernel"  # the writable file system


@dataclass(frozen=True)
class Folders:
    """The writable folders of a child, as it sees them; `home` is where its work lies."""

    home: str
    tmp: str
    drop: str
    connection: str

    @classmethod
    def below(cls, folder: str, *, home: str | None = None, tmp: str | None = None) -> "Folders":
        """The folders inside `folder`, or where they were put instead."""
        return cls(home or f"{folder}/work", tmp or f"{folder}/tmp", f"{folder}/drop", f"{folder}/connection")  # noqa: S108

    def make(self, *, owner: int | None = None) -> None:
        """Make each folder, for `owner` alone."""
        for path in (self.home, self.tmp, self.drop, self.connection):
            Path(path).mkdir(mode=0o700, parents=True, exist_ok=True)
            if owner is not None:
                os.chown(path, owner, owner)


def environment_folders() -> list[str]:
    """The interpreter's own folders, and those of libraries that it has loaded from elsewhere."""
    folders = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix]
    folders.append(str(Path(sys.executable).resolve().parents[1]))
    covered = [*_SYSTEM, *folders]
    for path in _mapped_files():
        if not _is_below(path, covered):
            folders.append(str(Path(path).parent))
            covered.append(folders[-1])
    return [path for path in dict.fromkeys(folders) if not _is_below(path, _SYSTEM)]


def enter(
    mount_point: str,
    readable: Iterable[str],
    *,
    work: str | None,
    max_bytes: int,
    max_files: int,
    devices: Iterable[str] = (),
) -> Folders:
    """Make the view on the empty folder `mount_point` and make it this process's root.

    Needs user, mount and pid namespaces of its own.

    Raises:
        OSError: the system refuses one of the steps.
    """
    syscalls.mount("", "/", flags=syscalls.MS_REC | syscalls.MS_PRIVATE)
    private = syscalls.MS_NOSUID | syscalls.MS_NODEV
    syscalls.mount("none", mount_point, "tmpfs", private, "mode=755,size=4m,nr_inodes=4096")
    memory = mount_point + MEMORY
    Path(memory).mkdir(parents=True)
    limits = f"mode=755,size={max_bytes},nr_inodes={max_files}"
    syscalls.mount("none", memory, "tmpfs", private, limits)
    for name, path in (("work", HOME), ("tmp", "/tmp"), ("shm", "/dev/shm")):  # noqa: S108
        inside = Path(memory) / name
        inside.mkdir(mode=0o700)
        os.chown(inside, STUDENT_ID, STUDENT_ID)
        Path(mount_point + path).mkdir(parents=True)
        syscalls.bind(work if work and path == HOME else str(inside), mount_point + path)
    # After these: the environment may lie in a folder that is private here, such as /tmp.
    for path in _outermost([*_SYSTEM, *environment_folders(), _SYS, *(f"/etc/{name}" for name in _ETC)]):
        _show(path, mount_point)
    for path in readable:
        _show(path, mount_point)
    _write_etc(Path(mount_point) / "etc")
    _make_proc(mount_point)
    _make_devices(mount_point, [*(f"/dev/{name}" for name in _DEVICES), *devices])
    syscalls.change_root(mount_point)
    folders = Folders.below(MEMORY, home=HOME, tmp="/tmp")  # noqa: S108
    folders.make(owner=None if work else STUDENT_ID)
    syscalls.restrict_mount("/", syscalls.MOUNT_ATTR_RDONLY, recursive=False)
    return folders


def _show(path: str, root: str) -> None:
    """Make `path` visible below `root`, read-only; a link is shown as the link it is."""
    if not os.path.lexists(path) or os.path.lexists(root + path):
        return
    target = Path(root + path)
    target.parent.mkdir(parents=True, exist_ok=True)
    if os.path.islink(path):  # noqa: PTH114
        target.symlink_to(os.readlink(path))  # noqa: PTH115
        return
    if os.path.isdir(path):  # noqa: PTH112
        target.mkdir()
    else:
        target.touch()
    syscalls.bind(path, str(target))
    syscalls.restrict_mount(
        str(target),
        syscalls.MOUNT_ATTR_RDONLY | syscalls.MOUNT_ATTR_NOSUID | syscalls.MOUNT_ATTR_NODEV,
    )


def _make_proc(root: str) -> None:
    Path(root, "proc").mkdir()
    flags = syscalls.MS_NOSUID | syscalls.MS_NODEV | syscalls.MS_NOEXEC
    syscalls.mount("proc", f"{root}/proc", "proc", flags)
    syscalls.restrict_mount(f"{root}/proc", syscalls.MOUNT_ATTR_RDONLY)


def _make_devices(root: str, devices: Iterable[str]) -> None:
    dev = Path(root, "dev")
    for device in devices:
        Path(root + device).touch()
        syscalls.bind(device, root + device)
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        (dev / name).symlink_to(f"/proc/self/fd{target}")
    (dev / "pts").mkdir()
    (dev / "ptmx").symlink_to("pts/ptmx")
    flags = syscalls.MS_NOSUID | syscalls.MS_NOEXEC
    syscalls.mount("devpts", str(dev / "pts"), "devpts", flags, "newinstance,ptmxmode=0666,mode=620,max=16")


def _write_etc(etc: Path) -> None:
    """Accounts and hosts that say nothing about this machine."""
    etc.mkdir(exist_ok=True)
    (etc / "passwd").write_text(
        "root:x:0:0:root:/:/usr/sbin/nologin\n"
        f"student:x:{STUDENT_ID}:{STUDENT_ID}:student:{HOME}:/bin/sh\n"
        "nobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n"
    )
    (etc / "group").write_text(f"root:x:0:\nstudent:x:{STUDENT_ID}:\nnogroup:x:65534:\n")
    (etc / "hosts").write_text("127.0.0.1 localhost\n::1 localhost\n")


def _mapped_files() -> Iterator[str]:
    with Path("/proc/self/maps").open(encoding="utf-8") as lines:
        for line in lines:
            path = line.rstrip("\n").partition("/")
            if path[1] and ".so" in path[2]:
                yield "/" + path[2]


def _outermost(paths: Iterable[str]) -> list[str]:
    """The paths that lie below no other, existing ones only."""
    present = [path for path in dict.fromkeys(paths) if os.path.lexists(path)]
    return [path for path in present if not _is_below(path, [other for other in present if other != path])]


def _is_below(path: str, folders: Iterable[str]) -> bool:
    return any(path == folder or path.startswith(folder.rstrip("/") + "/") for folder in folders)


def remove(folder: str) -> None:
    """Remove a child's folders, however their permissions were left."""
    for path, names, _files in os.walk(folder):
        for name in names:
            inner = os.path.join(path, name)  # noqa: PTH118
            if not os.path.islink(inner):  # noqa: PTH114
                os.chmod(inner, 0o700)  # noqa: PTH101
    shutil.rmtree(folder, ignore_errors=True)
