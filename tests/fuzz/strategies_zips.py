"""Zips: members with hostile names and attributes, and the headers of honest ones overwritten, field by field."""

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from fuzz import canary
from fuzz.strategies_bytes import broken
from fuzz.strategies_notebooks import SAVED

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_END_64, _LOCATOR_64 = b"PK\x06\x06", b"PK\x06\x07"
# Offset and struct code of each field behind the signature's start.
_FIELDS = {
    _LOCAL: [
        (4, "<H"),
        (6, "<H"),
        (8, "<H"),
        (10, "<I"),
        (14, "<I"),
        (18, "<I"),
        (22, "<I"),
        (26, "<H"),
        (28, "<H"),
    ],
    _CENTRAL: [
        *(
            (4, "<H"),
            (6, "<H"),
            (8, "<H"),
            (10, "<H"),
            (12, "<I"),
            (16, "<I"),
            (20, "<I"),
            (24, "<I"),
            (28, "<H"),
        ),
        *((30, "<H"), (32, "<H"), (34, "<H"), (36, "<H"), (38, "<I"), (42, "<I")),
    ],
    _END: [(4, "<H"), (6, "<H"), (8, "<H"), (10, "<H"), (12, "<I"), (16, "<I"), (20, "<H")],
    _END_64: [(4, "<Q"), (12, "<H"), (16, "<I"), (24, "<Q"), (32, "<Q"), (40, "<Q"), (48, "<Q")],
    _LOCATOR_64: [(4, "<I"), (8, "<Q"), (16, "<I")],
}
_LIES = [
    0,
    1,
    8,
    9,
    12,
    14,
    20,
    63,
    0x801,
    0xFFFF,
    0x7FFFFFFF,
    0xFFFFFFFE,
    0xFFFFFFFF,
    2**40,
    2**63 - 1,
    2**64 - 1,
]

NAMES = [
    *(
        "kim.ipynb",
        "kim/kim.ipynb",
        "class/lee/a.ipynb",
        "11_lstm/park.ipynb",
        "kim/11_lstm/b.IPYNB",
        "x.txt",
        "kim/",
    ),
    *(
        "../kim.ipynb",
        "../../../../tmp/planted.ipynb",
        "a/../../kim.ipynb",
        "/tmp/planted.ipynb",
        "//x/kim.ipynb",
    ),
    *("..\\kim.ipynb", "C:\\kim.ipynb", "C:kim.ipynb", "\\\\host\\share\\kim.ipynb", "kim\\11_lstm\\a.ipynb"),
    *(
        "kim\0.ipynb",
        "kim.ipynb\0.txt",
        "\0",
        "",
        ".",
        "..",
        "./kim.ipynb",
        "a//b.ipynb",
        ".hidden/kim.ipynb",
        "__MACOSX/._k.ipynb",
    ),
    *(
        "김철수.ipynb",
        "e\u0301.ipynb",
        "\u202egnp.ipynb",
        "a\nb.ipynb",
        " .ipynb",
        "-rf.ipynb",
        "~root/k.ipynb",
        "$HOME/k.ipynb",
    ),
    *(
        "x" * 300 + ".ipynb",
        "d/" * 200 + "k.ipynb",
        "nested.zip",
        "kim/nested.ZIP",
        "con.ipynb",
        "a:b.ipynb",
        "%2e%2e/k.ipynb",
    ),
]
_EXTRAS = [
    b"",
    struct.pack("<HHQQQ", 1, 24, 2**63, 2**63, 2**62),
    struct.pack("<HHQ", 1, 8, 5),
    struct.pack("<HH", 1, 400),
    struct.pack("<HHBI", 0x7075, 15, 1, 0) + b"../k.ipynb",
    b"\x01",
]


@dataclass(frozen=True)
class Member:
    """One file to be put into a zip."""

    name: str
    content: bytes
    method: int = zipfile.ZIP_DEFLATED
    mode: int = 0
    extra: bytes = b""
    flags: int = 0


def packed(members: Sequence[Member], comment: bytes = b"") -> bytes:
    """The members as a zip."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w") as archive:
        warnings.simplefilter("ignore")  # of names that come twice
        for one in members:
            info = zipfile.ZipInfo("x")
            info.filename = one.name  # as it is: the constructor would cut at a NUL
            info.compress_type, info.external_attr, info.extra = one.method, one.mode << 16, one.extra
            archive.writestr(info, one.content)
            info.flag_bits |= one.flags
        archive.comment = comment
    return buffer.getvalue()


def _inner() -> bytes:
    return packed([Member("../planted.ipynb", SAVED[0])])


CONTENTS = [
    *SAVED,
    b"",
    b"{}",
    canary.PICKLE,
    _inner(),
    b"\0" * 2_000_000,
    b"[" * 100_000,
    SAVED[0] + b" " * 300_000,
]
_MODES = [
    0,
    stat.S_IFREG | 0o644,
    stat.S_IFLNK | 0o777,
    stat.S_IFIFO | 0o644,
    stat.S_IFDIR | 0o755,
    stat.S_IFCHR,
    0xFFFF,
]
MEMBERS = st.builds(
    Member,
    name=st.one_of(
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
        st.text(st.characters(codec="utf-8"), max_size=12).map(lambda name: name + ".ipynb"),
    ),
    content=st.sampled_from(CONTENTS),
    method=st.sampled_from([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]),
    mode=st.sampled_from(_MODES),
    extra=st.sampled_from(_EXTRAS),
    flags=st.sampled_from([0, 0, 0, 0, 1, 8, 0x20, 0x40, 0x800, 0x2000, 0xFFFF]),
)
HONEST = [
    packed([Member("kim.ipynb", SAVED[0]), Member("lee/a.ipynb", SAVED[1])]),
    packed(
        [
            Member("class/김철수/11_lstm/a.ipynb", SAVED[0]),
            Member("class/lee/a.ipynb", SAVED[2], zipfile.ZIP_STORED),
        ],
        b"c",
    ),
    packed(
        [
            Member("kim.ipynb", SAVED[0], extra=struct.pack("<HHQQ", 1, 16, 5, 5)),
            Member("x/", b""),
            Member("n.zip", _inner()),
        ]
    ),
]


def with_zip64_end(content: bytes) -> bytes:
    """The zip with its end told in 64 bits too."""
    at = content.rindex(_END)
    count, size, offset = (
        struct.unpack_from("<H", content, at + 10)[0],
        *struct.unpack_from("<II", content, at + 12),
    )
    record = _END_64 + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, count, count, size, offset)
    locator = _LOCATOR_64 + struct.pack("<IQI", 0, at, 1)
    end = bytearray(content[at:])
    struct.pack_into("<HHII", end, 8, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    return content[:at] + record + locator + bytes(end)


HONEST += [with_zip64_end(one) for one in HONEST[:2]]


@st.composite
def lying_zips(draw: st.DrawFn) -> bytes:
    """An honest zip with some fields of its headers overwritten, or two members at one place."""
    data = bytearray(draw(st.sampled_from(HONEST)))
    for _ in range(draw(st.integers(1, 3))):
        places = [at for mark in _FIELDS for at in _all(data, mark)]
        if not places:
            break
        at = places[draw(st.integers(0, len(places) - 1))]
        offset, code = draw(st.sampled_from(_FIELDS[bytes(data[at : at + 4])]))
        if at + offset + struct.calcsize(code) <= len(data):
            value = draw(st.one_of(st.sampled_from(_LIES), st.integers(0, len(data) + 40)))
            struct.pack_into(code, data, at + offset, value % 256 ** struct.calcsize(code))
    return bytes(data)


def _all(data: bytearray, mark: bytes) -> list[int]:
    found, at = [], data.find(mark)
    while at >= 0:
        found.append(at)
        at = data.find(mark, at + 1)
    return found


@st.composite
def renamed(draw: st.DrawFn) -> bytes:
    """An honest zip in which a name was overwritten in place with bytes of any encoding."""
    data = draw(st.sampled_from(HONEST[:3]))
    name = draw(st.sampled_from([b"kim.ipynb", b"lee/a.ipynb", b"class/lee/a.ipynb"]))
    other = draw(
        st.one_of(
            st.binary(min_size=len(name), max_size=len(name)),
            st.sampled_from(NAMES).map(lambda one: one.encode("utf-8", "surrogatepass")),
        )
    )
    other = (other + b".ipynb")[-len(name) :].rjust(len(name), b"/")
    return (
        data.replace(name, other)
        if draw(st.booleans())
        else data[::-1].replace(name[::-1], other[::-1], 1)[::-1]
    )


ZIPS = st.one_of(
    st.builds(packed, st.lists(MEMBERS, max_size=4)),
    lying_zips(),
    lying_zips(),
    renamed(),
    broken(HONEST),
    broken(HONEST),
)
