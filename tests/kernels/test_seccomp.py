"""The seccomp filter, read by a small interpreter of its instructions: what each call gets."""

import errno
import os
import socket
import struct
import sys

import pytest

from autograder.kernels import seccomp, syscalls

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or syscalls.MACHINE not in ("x86_64", "aarch64"), reason="no filter is known"
)

ALLOW, KILL = 0x7FFF0000, 0x80000000
EPERM = 0x00050000 | errno.EPERM
MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# name: (x86_64, aarch64), from the system's own tables
REFUSED = {
    "ptrace": (101, 117),
    "mount": (165, 40),
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "keyctl": (250, 219),
    "process_vm_readv": (310, 270),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "open_by_handle_at": (304, 265),
    "pivot_root": (155, 41),
    "kexec_load": (246, 104),
}
ALLOWED = {
    "read": (0, 63),
    "write": (1, 64),
    "openat": (257, 56),
    "mmap": (9, 222),
    "futex": (202, 98),
    "execve": (59, 221),
    "wait4": (61, 260),
    "kill": (62, 129),
    "epoll_pwait": (281, 22),
    "getrandom": (318, 278),
    "sched_setaffinity": (203, 122),
}
SOCKET, CLONE, CLONE3, IOCTL = (41, 198), (56, 220), (435, 435), (16, 29)


def answer(number: int, *arguments: int, machine: int | None = None, with_internet: bool = True) -> int:
    """What the filter returns for a call; raises where an instruction is none of those that are used."""
    machine = MACHINES[syscalls.MACHINE] if machine is None else machine
    words = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("=iIQ6Q", number, machine, 0, *words)
    program = seccomp.program(with_internet=with_internet)
    instructions = list(struct.iter_unpack("HBBI", program))
    loaded, place = 0, 0
    while True:
        code, if_true, if_false, value = instructions[place]
        place += 1
        match code:
            case 0x20:  # load a word of the data
                (loaded,) = struct.unpack_from("=I", data, value)
            case 0x54:  # and
                loaded &= value
            case 0x06:  # return
                return int(value)
            case 0x15:  # equal
                place += if_true if loaded == value else if_false
            case 0x35:  # at least
                place += if_true if loaded >= value else if_false
            case 0x45:  # any of the bits
                place += if_true if loaded & value else if_false
            case _:
                raise AssertionError(f"instruction {code:#x}")


def here(numbers: tuple[int, int]) -> int:
    return numbers[list(MACHINES).index(syscalls.MACHINE)]


@pytest.mark.parametrize("name", REFUSED)
def test_what_attacks_need_is_refused(name: str) -> None:
    assert answer(here(REFUSED[name])) == EPERM


@pytest.mark.parametrize("name", ALLOWED)
def test_what_programs_need_is_allowed(name: str) -> None:
    assert answer(here(ALLOWED[name]), 1, 2, 3) == ALLOW


def test_a_call_of_another_machine_ends_the_process() -> None:
    other = next(value for name, value in MACHINES.items() if name != syscalls.MACHINE)
    assert answer(here(ALLOWED["read"]), machine=other) == KILL
    assert answer(here(ALLOWED["read"]), machine=0x40000003) == KILL  # 32 bits


@pytest.mark.skipif(syscalls.MACHINE != "x86_64", reason="x86-64 has a second table of calls")
def test_the_second_table_of_calls_is_refused() -> None:
    assert answer(0x40000000 | here(ALLOWED["read"])) == EPERM
    assert answer(0x40000000 | 520) == EPERM


@pytest.mark.parametrize("flag", ["NEWNS", "NEWCGROUP", "NEWUTS", "NEWIPC", "NEWUSER", "NEWPID", "NEWNET"])
def test_no_process_is_started_in_a_new_namespace(flag: str) -> None:
    thread = 0x003D0F00  # what the C library asks for when it starts a thread
    assert answer(here(CLONE), getattr(syscalls, f"CLONE_{flag}") | 17) == EPERM
    assert answer(here(CLONE), getattr(syscalls, f"CLONE_{flag}") | thread) == EPERM
    assert answer(here(CLONE), 17) == ALLOW
    assert answer(here(CLONE), thread) == ALLOW


def test_the_call_whose_flags_cannot_be_seen_is_not_there() -> None:
    assert answer(here(CLONE3)) == 0x00050000 | errno.ENOSYS


@pytest.mark.parametrize("with_internet", [True, False])
def test_only_some_families_of_sockets_can_be_had(with_internet: bool) -> None:
    internet = ALLOW if with_internet else 0x00050000 | errno.EAFNOSUPPORT
    expected = {socket.AF_UNIX: ALLOW, socket.AF_INET: internet, socket.AF_INET6: internet}
    for family in range(64):
        got = answer(here(SOCKET), family, socket.SOCK_STREAM, with_internet=with_internet)
        assert got == expected.get(family, 0x00050000 | errno.EAFNOSUPPORT), family  # type: ignore[call-overload]


def test_only_some_kinds_of_sockets_can_be_had() -> None:
    flags = socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK
    for kind in map(int, (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET)):
        assert answer(here(SOCKET), socket.AF_UNIX, kind | flags) == ALLOW
    for kind in map(int, (socket.SOCK_RAW, socket.SOCK_RDM, 10)):
        assert answer(here(SOCKET), socket.AF_INET, kind | flags) == EPERM


def test_nobody_types_into_a_terminal() -> None:
    assert answer(here(IOCTL), 0, 0x5412) == EPERM  # TIOCSTI
    assert answer(here(IOCTL), 0, 0x541C) == EPERM  # TIOCLINUX
    assert answer(here(IOCTL), 0, 0x5401) == ALLOW  # TCGETS
    assert answer(here(IOCTL), 0x5412, 0x5401) == ALLOW


def test_what_the_upper_half_of_an_argument_holds_changes_nothing() -> None:
    """The system looks at 32 bits of these arguments; the filter must look at the same."""
    assert (
        answer(here(SOCKET), 1 << 32 | socket.AF_PACKET, socket.SOCK_RAW) == 0x00050000 | errno.EAFNOSUPPORT
    )
    assert answer(here(IOCTL), 0, 1 << 32 | 0x5412) == EPERM


def test_the_system_takes_the_filter_and_it_holds() -> None:
    child = os.fork()
    if child == 0:
        try:
            syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
            seccomp.restrict(with_internet=False)
            try:
                socket.socket(socket.AF_INET)
            except OSError as error:
                os._exit(0 if error.errno == errno.EAFNOSUPPORT else 2)
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
