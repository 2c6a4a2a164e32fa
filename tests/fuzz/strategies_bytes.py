"""Bytes that were right once: flipped, cut, doubled, spliced with others, and numbers in them overwritten."""

import struct
from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from fuzz import canary

_LIES = [0, 1, 2, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 2**40, 2**63 - 1, 2**63, 2**64 - 1]
JUNK = [b"", b"\0", b"\xff" * 40, b"\xef\xbb\xbf", b"PK\x03\x04", b"\x93NUMPY", canary.PICKLE, canary.NPY]


def _flip(draw: st.DrawFn, data: bytearray, at: int) -> None:
    data[at] ^= draw(st.integers(1, 255))


def _cut(draw: st.DrawFn, data: bytearray, at: int) -> None:
    del data[at:]


def _take_out(draw: st.DrawFn, data: bytearray, at: int) -> None:
    del data[at : at + draw(st.integers(1, 64))]


def _double(draw: st.DrawFn, data: bytearray, at: int) -> None:
    data[at:at] = data[at : at + draw(st.integers(1, 64))]


def _insert(draw: st.DrawFn, data: bytearray, at: int) -> None:
    data[at:at] = draw(st.one_of(st.sampled_from(JUNK), st.binary(min_size=1, max_size=8)))


def _lie(draw: st.DrawFn, data: bytearray, at: int) -> None:
    code = draw(st.sampled_from(["<B", "<H", "<I", "<Q"]))
    size = struct.calcsize(code)
    data[at : at + size] = struct.pack(code, draw(st.sampled_from(_LIES)) % 256**size)


_WAYS: list[Callable[[st.DrawFn, bytearray, int], None]] = [
    _flip,
    _flip,
    _cut,
    _take_out,
    _double,
    _insert,
    _lie,
]


@st.composite
def broken(draw: st.DrawFn, corpus: Sequence[bytes], *, most: int = 4) -> bytes:
    """Bytes of the corpus with a few changes."""
    data = bytearray(draw(st.sampled_from(corpus)))
    for _ in range(draw(st.integers(1, most))):
        if not data:
            break
        draw(st.sampled_from(_WAYS))(draw, data, draw(st.integers(0, len(data) - 1)))
    if draw(st.integers(0, 9)) == 0:
        other = draw(st.sampled_from(corpus))
        data += other[draw(st.integers(0, len(other))) :]
    return bytes(data)


RANDOM_BYTES = st.one_of(st.binary(max_size=300), st.sampled_from(JUNK))
