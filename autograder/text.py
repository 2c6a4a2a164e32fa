"""Text that a student may have written, made fit to be read: on a page, in a table, on a terminal.

What is taken care of here: terminal escapes, control characters, characters that reorder or hide text,
lone surrogates, length. What is not: the escaping that a format needs (markup, CSV), which belongs to
whatever writes that format.
"""

import re
import unicodedata

MAX_CHARS = 4000
MAX_LINE_CHARS = 200

_ANSI = re.compile(
    r"""
    (?: \x1b\[ | \x9b ) [0-?]* [\ -/]* [@-~]        # colours and cursor movement
    | \x1b [\]PX^_] [^\x07\x1b]* (?: \x07 | \x1b\\ )  # window titles, links
    | \x1b [@-Z\\-_]
    """,
    re.VERBOSE,
)
_COMMAND = re.compile(r":(?=:)|#(?=#\[)")
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x85]")
_TELLTALE = frozenset({"Cc", "Cf", "Cs"})
# Emoji and some scripts are joined with these; they cannot reorder text.
_JOINERS = frozenset("\u200c\u200d")


def safe_text(text: str, *, max_chars: int = MAX_CHARS) -> str:
    """The text with terminal escapes removed, other unprintable characters made visible, and cut to length.

    Line feeds and tabs stay. Applying it to its own result changes nothing but the length.
    """
    left_out = len(text) - max_chars
    clean = _LINE_ENDS.sub("\n", _ANSI.sub("", text[:max_chars]))
    if not clean.replace("\n", "").replace("\t", "").isprintable():  # or `_visible` would change nothing
        clean = "".join(_visible(char) for char in clean)
    if left_out > 0:
        clean += f" … ({left_out:,}자 생략 / {left_out:,} more characters)"
    return clean


def safe_line(text: str, *, max_chars: int = MAX_LINE_CHARS) -> str:
    """`safe_text` on one line; a line break shows as ⏎."""
    return re.sub(r"\s*\n\s*", " ⏎ ", safe_text(text.strip(), max_chars=max_chars)).replace("\t", " ")


def log_text(text: str) -> str:
    """`safe_text` for a terminal or a log: no CI server takes any part of it for a command of its own."""
    return defused(safe_text(text))


def log_line(text: str, *, max_chars: int = MAX_LINE_CHARS) -> str:
    """`log_text` on one line, as `safe_line` makes it."""
    return defused(safe_line(text, max_chars=max_chars))


def defused(text: str) -> str:
    """The text with the marks broken up by which CI servers know a command in a log."""
    return _COMMAND.sub(r"\g<0> ", text)


def number(value: float, *, digits: int = 2) -> str:
    """A number as a person writes it: 2, 2.5, 0.33."""
    shown = f"{value:.{digits}f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _visible(char: str) -> str:
    if char in "\n\t" or char in _JOINERS:
        return char
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    is_noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    if is_noncharacter or unicodedata.category(char) in _TELLTALE:
        return f"⟨U+{code:04X}⟩"
    return char
