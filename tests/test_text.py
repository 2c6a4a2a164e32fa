import pytest

from autograder.text import log_line, number, safe_line, safe_text


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;a title\x07text", "text"),
        ("\x1b\x1b[0m[31m", "␛[31m"),
        ("a\x00b", "a␀b"),
        ("a\x08b\x7f", "a␈b␡"),
        ("pass\u202edeliaf", "pass⟨U+202E⟩deliaf"),
        ("\u2066x\u2069", "⟨U+2066⟩x⟨U+2069⟩"),
        ("\ud800", "⟨U+D800⟩"),
        ("\ufeff", "⟨U+FEFF⟩"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
    ],
)
def test_what_cannot_be_printed_is_removed_or_made_visible(hostile: str, shown: str) -> None:
    assert safe_text(hostile) == shown


@pytest.mark.parametrize("honest", ["한국어와 English", "a\n\tb", "👩‍🔬 ✓", "x < y & z", "16,961 ± 3"])
def test_honest_text_is_left_alone(honest: str) -> None:
    assert safe_text(honest) == honest


def test_every_code_point_ends_up_encodable_and_stays_as_it_is_the_second_time() -> None:
    everything = "".join(map(chr, range(0x110000)))
    once = safe_text(everything, max_chars=len(everything))
    once.encode("utf-8")
    assert safe_text(once, max_chars=len(once)) == once


def test_long_text_is_cut_with_a_note_of_how_much_is_missing() -> None:
    shown = safe_text("x" * 1_004_000)
    assert shown.startswith("x" * 4000 + " … ")
    assert "1,000,000 more characters" in shown
    assert len(shown) < 4100


def test_one_line_stays_one_line() -> None:
    assert safe_line("kim\nminjun\r\n, \t2026\n") == "kim ⏎ minjun ⏎ ,  2026"


@pytest.mark.parametrize(
    ("value", "shown"), [(2.0, "2"), (2.5, "2.5"), (1 / 3, "0.33"), (100.0, "100"), (0.0, "0")]
)
def test_numbers_carry_no_empty_decimals(value: float, shown: str) -> None:
    assert number(value) == shown


@pytest.mark.parametrize(
    "text", ["::error::x", "a ::set-output name=b::c", "##[add-mask]x", "x\n::debug::y", "::::", "##[[##["]
)
def test_a_line_of_a_log_is_no_command_of_a_ci_server(text: str) -> None:
    shown = log_line(text)
    assert "::" not in shown
    assert "##[" not in shown
    assert "\n" not in shown
