"""A seccomp filter that takes away system calls no exercise needs and many attacks do.

Refused with EPERM: tracing and reading other processes, limits of others, mounting, new namespaces, kernel keys,
BPF, userfaultfd, io_uring, performance counters, kernel modules, clocks, raw and exotic sockets. Where the system
is shared with others, also System V and message-queue objects, and watching folders; and changes to permissions,
owners, times and attributes by path, over which Landlock has no say, are pretended there: they return success and
do nothing, since copying a file asks for them.

A list of what is refused rather than of what is allowed: numeric libraries use new calls with every release, and
what confines is the namespace or Landlock; the filter makes the system behind it smaller.
"""

import ctypes
import errno
import socket
import struct

from autograder.kernels import syscalls

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_X32 = 0x40000000

# name: (x86_64, aarch64); None where a machine does not have the call.
_REFUSED: dict[str, tuple[int | None, int | None]] = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "unshare": (272, 97),
    "setns": (308, 268),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "bpf": (321, 280),
    "userfaultfd": (323, 282),
    "perf_event_open": (298, 241),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "syslog": (103, 116),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262),
    "lookup_dcookie": (212, 18),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "clock_adjtime": (305, 266),
    "adjtimex": (159, 171),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "vhangup": (153, 58),
    "nfsservctl": (180, 42),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
    "uselib": (134, None),
    "ustat": (136, None),
    "sysfs": (139, None),
    "memfd_secret": (447, 447),
    "move_pages": (279, 239),
    "migrate_pages": (256, 238),
}
# Refused where the system's objects are those of everybody else: they stay when the child has gone.
_REFUSED_IF_SHARED: dict[str, tuple[int | None, int | None]] = {
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
}
_PRETENDED: dict[str, tuple[int | None, int | None]] = {
    "chmod": (90, None),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "lchown": (94, None),
    "fchownat": (260, 54),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
}
_PRLIMIT = (302, 261)
_SOCKET = (41, 198)
_CLONE = (56, 220)
_CLONE3 = (435, 435)
_IOCTL = (16, 29)
_NEW_NAMESPACES = (
    syscalls.CLONE_NEWNS
    | syscalls.CLONE_NEWCGROUP
    | syscalls.CLONE_NEWUTS
    | syscalls.CLONE_NEWIPC
    | syscalls.CLONE_NEWUSER
    | syscalls.CLONE_NEWPID
    | syscalls.CLONE_NEWNET
)
_TERMINAL_INPUT = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX: typing into somebody's terminal

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN, _AND = 0x20, 0x15, 0x35, 0x45, 0x06, 0x54
_ALLOW = 0x7FFF0000
_KILL = 0x80000000
_NUMBER, _ARCHITECTURE, _ARGUMENT = 0, 4, 16  # offsets in seccomp_data
_MODE_FILTER = 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _error(number: int) -> int:
    return 0x00050000 | number


def _one(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


def _when(number: int, body: list[bytes]) -> list[bytes]:
    """Run `body` for the call `number` and leave the call's number loaded for what follows."""
    return [_one(_EQUAL, number, 0, len(body)), *body]


def _argument(index: int) -> bytes:
    return _one(_LOAD, _ARGUMENT + 8 * index)


def _only(values: list[int], otherwise: int) -> list[bytes]:
    """Go on where the loaded value is one of `values`, else return `otherwise`."""
    tests = [_one(_EQUAL, value, len(values) - place, 0) for place, value in enumerate(values)]
    return [*tests, _one(_RETURN, otherwise)]


def program(*, with_internet: bool, is_shared: bool = False) -> bytes:
    """The filter as BPF instructions.

    `with_internet` leaves IPv4 and IPv6 sockets: harmless in a network namespace of its own, and not to be
    had where there is none. `is_shared`: the file system is that of everybody else, too.
    """
    machine = list(_ARCHITECTURES).index(syscalls.MACHINE)
    families = [int(socket.AF_UNIX)]
    if with_internet:
        families += [int(socket.AF_INET), int(socket.AF_INET6)]
    refuse = _one(_RETURN, _error(errno.EPERM))
    allow = _one(_RETURN, _ALLOW)
    filter_ = [
        _one(_LOAD, _ARCHITECTURE),
        _one(_EQUAL, _ARCHITECTURES[syscalls.MACHINE], 1, 0),
        _one(_RETURN, _KILL),
        _one(_LOAD, _NUMBER),
    ]
    if syscalls.MACHINE == "x86_64":
        filter_ += [_one(_AT_LEAST, _X32, 0, 1), refuse]
    refused = {**_REFUSED, **(_REFUSED_IF_SHARED if is_shared else {})}
    for numbers in refused.values():
        number = numbers[machine]
        if number is not None:
            filter_ += _when(number, [refuse])
    for numbers in _PRETENDED.values() if is_shared else ():
        number = numbers[machine]
        if number is not None:
            filter_ += _when(number, [_one(_RETURN, _error(0))])
    # The limits of another process can end it; process 0 is whoever calls.
    filter_ += _when(_PRLIMIT[machine], [_argument(0), _one(_EQUAL, 0, 0, 1), allow, refuse])
    # Without clone3 the C library falls back to clone, whose flags a filter can see.
    filter_ += _when(_CLONE3[machine], [_one(_RETURN, _error(errno.ENOSYS))])
    filter_ += _when(_CLONE[machine], [_argument(0), _one(_ANY_BIT, _NEW_NAMESPACES, 0, 1), refuse, allow])
    kinds = [int(socket.SOCK_STREAM), int(socket.SOCK_DGRAM), int(socket.SOCK_SEQPACKET)]
    filter_ += _when(
        _SOCKET[machine],
        [
            _argument(0),
            *_only(families, _error(errno.EAFNOSUPPORT)),
            _argument(1),
            _one(_AND, 0xF),
            *_only(kinds, _error(errno.EPERM)),
            allow,
        ],
    )
    first, second = _TERMINAL_INPUT
    filter_ += _when(
        _IOCTL[machine],
        [_argument(1), _one(_EQUAL, first, 1, 0), _one(_EQUAL, second, 0, 1), refuse, allow],
    )
    return b"".join([*filter_, allow])


def restrict(*, with_internet: bool, is_shared: bool = False) -> None:
    """Put the filter in force for this thread and all that it starts; needs `no_new_privs`.

    Raises:
        OSError: the system has no seccomp filters, or this machine's calls are not known here.
    """
    if syscalls.MACHINE not in _ARCHITECTURES:
        raise OSError(errno.ENOSYS, f"no seccomp filter is known for {syscalls.MACHINE}")
    instructions = program(with_internet=with_internet, is_shared=is_shared)
    wrapped = _Program(len(instructions) // 8, instructions)
    syscalls.prctl(syscalls.PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(wrapped))
