"""Puts the process it is called in into a sandbox: the levels, and the limits that hold at each.

    level        files                    network            processes          user
    namespaces   a view of its own        a namespace        a namespace        unprivileged, in a namespace
    landlock     Landlock, by folder      seccomp, Landlock  signals: Landlock  as the caller, no capabilities
    none         everything               everything         everything         as the caller

At every level: a session of its own, core dumps off, a limit on open files, and the memory, disk and time limits
that are watched from outside; limits on processes and file size wherever it is confined. `namespaces` uses
Landlock and seccomp as well where the system has them. `docs/security.md` says what each level does not stop.
"""

import errno
import os
import resource
import socket
import stat
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from autograder.kernels import landlock, seccomp, shared_memory, syscalls, view

Level = Literal["namespaces", "landlock", "none"]
LEVELS: tuple[Level, ...] = ("namespaces", "landlock", "none")

NAMESPACES = (
    syscalls.CLONE_NEWUSER
    | syscalls.CLONE_NEWPID
    | syscalls.CLONE_NEWIPC
    | syscalls.CLONE_NEWNET
    | syscalls.CLONE_NEWUTS
)
_OPEN_FILES = 1024
_HOST_NAME = "kernel"
# Users that exist on no machine: one for each child of a server that runs as root.
_FIRST_USER = 1_000_000_000
_WRITABLE_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/ptmx", "/dev/pts", "/dev/tty")
_READABLE_SYSTEM = (
    *("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/sys/devices/system"),
    *(
        "/dev/random",
        "/dev/urandom",
        "/proc/driver/nvidia",
        "/proc/cpuinfo",
        "/proc/meminfo",
        "/proc/stat",
        "/proc/version",
    ),
    *("/proc/filesystems", "/proc/sys/vm/overcommit_memory", "/proc/sys/kernel/osrelease", "/etc/passwd"),
    *("/etc/group", "/etc/hosts", "/etc/localtime", "/etc/ld.so.cache", "/etc/nsswitch.conf", "/etc/fonts"),
    *("/etc/mime.types", "/etc/alternatives", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/timezone"),
)


@dataclass(frozen=True)
class Resources:
    """What one child and all that it starts may use together; `processes` counts threads, too."""

    memory_bytes: int
    disk_bytes: int
    max_files: int
    processes: int


@dataclass(frozen=True)
class Sandbox:
    """How one child is confined.

    `readable` are paths it may read besides the system and the Python environment. `as_student`: where the
    caller is root, become a user that owns nothing; a judge stays who it is, to read the course's files.
    `work` is a folder of this machine to work in, instead of an empty one that goes when the child goes. `devices` are
    files of /dev that it may use besides those that every child has.
    Memory is limited by the monitor, where a control group can be had, and by whoever watches.
    """

    level: Level
    resources: Resources
    readable: tuple[str, ...] = ()
    as_student: bool = True
    work: str | None = None
    devices: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As plain data; `from_json` reads it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Sandbox":
        """The sandbox that `to_json` wrote down."""
        paths = {name: tuple(data[name]) for name in ("readable", "devices")}
        return cls(**{**data, **paths, "resources": Resources(**data["resources"])})


def other_user(sandbox: Sandbox) -> int | None:
    """The user on this machine that the calling process's child will become; None to stay the same."""
    if os.geteuid() != 0 or not sandbox.as_student:
        return None
    if sandbox.level == "namespaces":
        return _FIRST_USER + os.getpid()
    if sandbox.level == "landlock" and all(map(_is_open_to_all, _needed(sandbox))):
        return _FIRST_USER + os.getpid()
    return None


def unshare_namespaces(*, is_mapped_outside: bool) -> None:
    """Enter new namespaces; the next child is the first process of the new pid namespace.

    `is_mapped_outside`: a privileged process writes the map of users, see `write_user_maps`.

    Raises:
        OSError: the system does not allow them.
    """
    user, group = os.geteuid(), os.getegid()
    syscalls.unshare(NAMESPACES)
    if not is_mapped_outside:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{view.STUDENT_ID} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{view.STUDENT_ID} {group} 1")


def write_user_maps(pid: int, user: int) -> None:
    """Give the user namespace of `pid` two users: root, to make the view, and the student's, `user` outside."""
    for name in ("uid_map", "gid_map"):
        Path(f"/proc/{pid}/{name}").write_text(f"0 0 1\n{view.STUDENT_ID} {user} 1")


def enter(sandbox: Sandbox, *, folder: str, mount_point: str, user: int | None) -> view.Folders:
    """Confine this process for good, and return the folders it may write to.

    `folder` is the child's own folder on this machine, used where it has no view of its own; `user` is what
    `other_user` said.

    Raises:
        OSError: a step is refused; nothing may run then.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _lower(resource.RLIMIT_NOFILE, _OPEN_FILES)
    if sandbox.level == "none":
        folders = view.Folders.below(folder, home=sandbox.work)
        folders.make()
        os.chdir(folders.home)
        return folders
    if sandbox.level == "namespaces":
        syscalls.unshare(syscalls.CLONE_NEWNS)
        socket.sethostname(_HOST_NAME)
        folders = view.enter(
            mount_point,
            sandbox.readable,
            work=sandbox.work,
            max_bytes=sandbox.resources.disk_bytes,
            max_files=sandbox.resources.max_files,
            devices=sandbox.devices,
        )
    else:
        folders = view.Folders.below(folder, home=sandbox.work)
        folders.make(owner=user)
        Path(folder).chmod(0o711)
    os.chdir(folders.home)
    _become(sandbox, user)
    _lower(resource.RLIMIT_FSIZE, sandbox.resources.disk_bytes)
    _limit_processes(sandbox)
    syscalls.drop_capabilities()
    syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
    _restrict_files(sandbox, folders, folder)
    has_own_system = sandbox.level == "namespaces"
    seccomp.restrict(with_internet=has_own_system, is_shared=not has_own_system)
    return folders


def _become(sandbox: Sandbox, user: int | None) -> None:
    syscalls.drop_bounding_set()
    if user is None:
        return
    inside = view.STUDENT_ID if sandbox.level == "namespaces" else user
    os.setgroups([])
    os.setresgid(inside, inside, inside)
    os.setresuid(inside, inside, inside)
    syscalls.prctl(syscalls.PR_SET_DUMPABLE, 1)  # else its own /proc/self is not its own


def _restrict_files(sandbox: Sandbox, folders: view.Folders, folder: str) -> None:
    if landlock.version() == 0:
        if sandbox.level == "landlock":
            raise OSError(errno.ENOSYS, "the system has no Landlock")
        return
    if sandbox.level == "namespaces":
        writable = (folders.home, folders.tmp, "/dev/shm", view.MEMORY, *_WRITABLE_DEVICES, *sandbox.devices)  # noqa: S108
        landlock.restrict(landlock.Allowed(("/",), writable))
        return
    own = (f"/proc/{os.getpid()}", "/proc/self/task")
    readable = (*_READABLE_SYSTEM, *view.environment_folders(), *sandbox.readable, *own)
    own_folders = (folder, folders.home, *_WRITABLE_DEVICES, *sandbox.devices)
    # Semaphores and shared arrays of worker processes; what stays there the monitor removes.
    landlock.restrict(landlock.Allowed(readable, own_folders, unlisted=(shared_memory.FOLDER,)))


def _limit_processes(sandbox: Sandbox) -> None:
    """Threads count, too. Without a namespace, the system counts everything that the user runs."""
    allowed = sandbox.resources.processes
    if sandbox.level == "landlock":
        allowed += _running_threads(os.geteuid())
    _lower(resource.RLIMIT_NPROC, allowed)


def _running_threads(user: int) -> int:
    count = 0
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                if process.stat().st_uid == user:
                    count += sum(1 for _ in (process / "task").iterdir())
            except OSError:
                continue  # it has ended
    return count


def _lower(limit: int, value: int) -> None:
    _soft, hard = resource.getrlimit(limit)
    allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (allowed, allowed))


def _needed(sandbox: Sandbox) -> list[str]:
    return [*view.environment_folders(), *filter(os.path.lexists, sandbox.readable)]


def _is_open_to_all(path: str) -> bool:
    """Whether every user can reach the folder, or the file, and read it."""
    found = Path(path)
    folders = [found, *found.parents] if found.is_dir() else found.parents
    is_reached = all(folder.stat().st_mode & stat.S_IXOTH for folder in folders)
    return is_reached and bool(found.stat().st_mode & stat.S_IROTH)
