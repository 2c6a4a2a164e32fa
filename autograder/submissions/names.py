"""Names of students and files as text: readable, on one line, and safe as a folder's name."""

import hashlib
import os
import unicodedata

MAX_FOLDER_BYTES = 120
_KEPT = " -_.@+()=,"
_EMPTY = "%empty"


def readable(name: str) -> str:
    """A name from the file system as NFC text; what is not UTF-8 is read as Korean Windows wrote it."""
    raw = os.fsencode(name)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = raw.decode("cp949")
        except UnicodeDecodeError:
            text = raw.decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """The text with everything that could break or reorder a line of a message written as an escape."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text
    )


def folder_name(student: str) -> str:
    """A folder name for a student; different students (after NFC) always get different names.

    Letters, digits and their combining marks of any script stay, and so do ` -_.@+()=,`; the rest
    is percent-encoded, as are a dot, space or hyphen in front and a dot or space at the end. A name
    over 120 UTF-8 bytes is cut and ends in `~` and a hash; no other name holds a `~`.
    """
    text = unicodedata.normalize("NFC", student)
    last = len(text) - 1
    pieces = [_piece(char, is_first=i == 0, is_last=i == last) for i, char in enumerate(text)]
    name = "".join(pieces)
    if len(name.encode()) <= MAX_FOLDER_BYTES:
        return name or _EMPTY
    suffix = "~" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return _fitting(pieces, MAX_FOLDER_BYTES - len(suffix)) + suffix


def _piece(char: str, *, is_first: bool, is_last: bool) -> str:
    is_kept = char.isalnum() or char in _KEPT or unicodedata.category(char) in ("Mn", "Mc")
    is_hidden = (is_first and char in ". -") or (is_last and char in ". ")
    if is_kept and not is_hidden:
        return char
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def _fitting(pieces: list[str], max_bytes: int) -> str:
    """As many whole pieces from the front as fit."""
    used = 0
    for count, piece in enumerate(pieces):
        used += len(piece.encode())
        if used > max_bytes:
            return "".join(pieces[:count])
    return "".join(pieces)
