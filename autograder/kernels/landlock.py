"""Landlock: what a process may read, write and reach, given up for good and without any privilege.

Covers files by folder, TCP, abstract unix sockets and signals to processes outside (as far as the system's
version goes). Does not cover: connecting to a unix socket that has a name in the file system, UDP (seccomp
takes both IP families away at level `landlock`), and metadata such as sizes and times of any file.
"""

import ctypes
import os
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.kernels import syscalls

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_MAKE_CHAR, _MAKE_BLOCK = 1 << 6, 1 << 11
_TRUNCATE, _IOCTL_DEV = 1 << 14, 1 << 15
READ = _EXECUTE | _READ_FILE | _READ_DIR
_REMOVE_FILE, _MAKE_REGULAR, _REFER = 1 << 5, 1 << 8, 1 << 13
_FILES_BY_NAME = _READ_FILE | _WRITE_FILE | _REMOVE_FILE | _MAKE_REGULAR | _REFER | _TRUNCATE
_FILE_ONLY = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV

_CREATE_VERSION = 1  # flag of landlock_create_ruleset
_RULE_PATH_BENEATH = 1
_NET_BIND_AND_CONNECT = 3
_SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS = 3
_O_PATH = 0o10000000


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


@dataclass(frozen=True)
class Allowed:
    """Folders and files that stay usable; a path that does not exist is passed over.

    In an `unlisted` folder files can be made, used and removed by name.
    """

    readable: tuple[str, ...]
    writable: tuple[str, ...]
    unlisted: tuple[str, ...] = ()


def version() -> int:
    """The version of Landlock that this system has; 0 for none."""
    try:
        return syscalls.system_call(
            syscalls.LANDLOCK_CREATE_RULESET,
            None,
            ctypes.c_size_t(0),
            _CREATE_VERSION,
            what="landlock_create_ruleset",
        )
    except OSError:
        return 0


def restrict(allowed: Allowed) -> None:
    """Give up all access but `allowed`; needs `no_new_privs`.

    Raises:
        OSError: the system has no Landlock, or refuses.
    """
    handled = _handled_files(version())
    ruleset = _Ruleset(handled_access_fs=handled)
    size = 8
    if version() >= 4:
        ruleset.handled_access_net, size = _NET_BIND_AND_CONNECT, 16
    if version() >= 6:
        ruleset.scoped, size = _SCOPE_ABSTRACT_SOCKETS_AND_SIGNALS, 24
    fd = syscalls.system_call(
        syscalls.LANDLOCK_CREATE_RULESET,
        ctypes.byref(ruleset),
        ctypes.c_size_t(size),
        0,
        what="landlock_create_ruleset",
    )
    try:
        _allow(fd, allowed.readable, READ & handled)
        _allow(fd, allowed.writable, handled & ~_MAKE_CHAR & ~_MAKE_BLOCK)
        _allow(fd, allowed.unlisted, _FILES_BY_NAME & handled)
        syscalls.system_call(syscalls.LANDLOCK_RESTRICT_SELF, fd, 0, what="landlock_restrict_self")
    finally:
        os.close(fd)


def _handled_files(abi: int) -> int:
    """Every access to files that this version can take away."""
    bits = 13
    if abi >= 2:
        bits = 14  # moving files between folders
    if abi >= 3:
        bits = 15  # truncating
    if abi >= 5:
        bits = 16  # ioctl on devices
    return (1 << bits) - 1


def _allow(ruleset: int, paths: Iterable[str], access: int) -> None:
    for path in paths:
        try:
            fd = os.open(path, _O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        try:
            is_folder = os.path.isdir(path)  # noqa: PTH112
            rule = _PathBeneath(access if is_folder else access & _FILE_ONLY, fd)
            syscalls.system_call(
                syscalls.LANDLOCK_ADD_RULE,
                ruleset,
                _RULE_PATH_BENEATH,
                ctypes.byref(rule),
                0,
                what=f"landlock_add_rule {path}",
            )
        finally:
            os.close(fd)
