"""The system calls that confinement needs and Python does not have; Linux on x86-64 and ARM64.

Each function raises `OSError` with the call's name, so that a level that cannot be had says at which call.
"""

import contextlib
import ctypes
import os
import platform
from pathlib import Path

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_NOSUID = 2
MS_NODEV = 4
MS_NOEXEC = 8
MS_BIND = 4096
MS_REC = 16384
MS_PRIVATE = 1 << 18
MNT_DETACH = 2

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_SECUREBITS = 28
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4

# Numbers of the calls that the C library has no function for, by machine.
_NUMBERS = {
    "x86_64": {"pivot_root": 155, "capset": 126},
    "aarch64": {"pivot_root": 41, "capset": 91},
}
# Newer calls have one number on every machine.
MOUNT_SETATTR = 442
LANDLOCK_CREATE_RULESET = 444
LANDLOCK_ADD_RULE = 445
LANDLOCK_RESTRICT_SELF = 446

MACHINE = platform.machine()
AT_FDCWD = -100
AT_RECURSIVE = 0x8000
MOUNT_ATTR_RDONLY = 1
MOUNT_ATTR_NOSUID = 2
MOUNT_ATTR_NODEV = 4
HUGE_PAGE = 2 * 2**20
_MADV_COLLAPSE = 25
_NOROOT_AND_LOCKED = 0b101111  # securebits: root is nobody special, and that stays so

_libc = ctypes.CDLL(None, use_errno=True)


class _MountAttributes(ctypes.Structure):
    _fields_ = (
        ("attr_set", ctypes.c_uint64),
        ("attr_clr", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("userns_fd", ctypes.c_uint64),
    )


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def system_call(number: int, *arguments: object, what: str) -> int:
    """A call by its number; raises OSError that names `what`."""
    return _checked(_libc.syscall(ctypes.c_long(number), *arguments), what)


def prctl(option: int, value: int = 0, *more: int) -> None:
    """prctl(2)."""
    padded = (*more, 0, 0, 0)[:3]
    words = [ctypes.c_ulong(word) for word in (value, *padded)]
    _checked(_libc.prctl(option, *words), f"prctl {option}")


def unshare(flags: int) -> None:
    """unshare(2)."""
    _checked(_libc.unshare(flags), "unshare")


def mount(source: str, target: str, kind: str = "", flags: int = 0, data: str = "") -> None:
    """mount(2)."""
    result = _libc.mount(
        source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), data.encode()
    )
    _checked(result, f"mount {kind or source} on {target}")


def bind(source: str, target: str) -> None:
    """Show `source`, with all that is mounted below it, at `target` too."""
    mount(source, target, flags=MS_BIND | MS_REC)


def restrict_mount(target: str, attributes: int, *, recursive: bool = True) -> None:
    """Add attributes (read-only, no devices, …) to a mount and, unless told otherwise, to all below it."""
    wanted = _MountAttributes(attr_set=attributes)
    flags = AT_RECURSIVE if recursive else 0
    system_call(
        MOUNT_SETATTR,
        AT_FDCWD,
        target.encode(),
        flags,
        ctypes.byref(wanted),
        ctypes.c_size_t(ctypes.sizeof(wanted)),
        what=f"mount_setattr {target}",
    )


def change_root(new: str) -> None:
    """Make `new` the root of this mount namespace and let go of the old one."""
    os.chdir(new)
    system_call(_NUMBERS[MACHINE]["pivot_root"], b".", b".", what="pivot_root")
    _checked(_libc.umount2(b".", MNT_DETACH), "unmount the old root")
    os.chdir("/")


def collapse_heap() -> None:
    """Put this process's own memory into huge pages, where the system can: a fork then copies far less.

    A page that a child writes to is still copied alone. Does nothing before Linux 6.1.
    """
    for line in Path("/proc/self/maps").read_text().splitlines():
        addresses, rights, *_rest = line.split(maxsplit=5)
        is_own = len(_rest) < 4 or _rest[3].strip() in ("", "[heap]")
        if rights == "rw-p" and is_own:
            start, end = (int(address, 16) for address in addresses.split("-"))
            start, end = -(-start // HUGE_PAGE) * HUGE_PAGE, end // HUGE_PAGE * HUGE_PAGE
            if end > start:
                _libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _MADV_COLLAPSE)


def drop_bounding_set() -> None:
    """Give up every capability that an exec could bring back; needs CAP_SETPCAP, else there is none to lose."""
    try:
        for capability in range(64):
            prctl(PR_CAPBSET_DROP, capability)
    except OSError:
        pass  # above the last one, or not ours to drop: `no_new_privs` holds in any case
    with contextlib.suppress(PermissionError):
        prctl(PR_SET_SECUREBITS, _NOROOT_AND_LOCKED)


def drop_capabilities() -> None:
    """Give up every capability that this process has."""
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    nothing = (ctypes.c_uint32 * 6)()
    system_call(_NUMBERS[MACHINE]["capset"], ctypes.byref(header), ctypes.byref(nothing), what="capset")
