from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.errors import HarnessError
from autograder.reports import Filed, Run, write_reports
from autograder.scorecard import Scorecard

Card = Callable[..., Scorecard]


def run_of(card: Scorecard) -> Run:
    return Run("course", card.provenance.graded_at)


def test_reports_lie_where_the_links_point(tmp_path: Path, card: Card) -> None:
    one = card("kim")
    folder = tmp_path / "submissions" / "kim" / one.exercise
    folder.mkdir(parents=True)
    feedback = folder / "feedback.html"
    index = write_reports(tmp_path, [Filed(one, "kim")], run_of(one))
    assert feedback.relative_to(tmp_path).as_posix() in index.read_text(encoding="utf-8")
    assert {path.name for path in tmp_path.iterdir()} == {"submissions", "grades.csv", "index.html"}


def test_excel_finds_its_byte_order_mark_and_line_ends(tmp_path: Path, card: Card) -> None:
    write_reports(tmp_path, [Filed(card("김"), "kim")], run_of(card()))
    raw = (tmp_path / "grades.csv").read_bytes()
    assert raw.startswith(b'\xef\xbb\xbf"student"')
    assert raw.count(b"\r\n") == raw.count(b"\n") == 2


def test_what_a_killed_run_left_is_replaced(tmp_path: Path, card: Card) -> None:
    (tmp_path / ".index.html.part").write_text("half a pa", encoding="utf-8")
    write_reports(tmp_path, [], run_of(card()))
    assert {path.name for path in tmp_path.iterdir()} == {"grades.csv", "index.html"}


def test_a_folder_that_is_gone_is_one_clear_line(tmp_path: Path, card: Card) -> None:
    with pytest.raises(HarnessError, match=r"grades\.csv: cannot be written \(No such file") as caught:
        write_reports(tmp_path / "gone", [Filed(card(), "kim")], run_of(card()))
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full to play a full disk")
def test_a_full_disk_leaves_the_earlier_report_standing(tmp_path: Path, card: Card) -> None:
    (tmp_path / "grades.csv").write_text("earlier", encoding="utf-8")
    (tmp_path / ".grades.csv.part").symlink_to("/dev/full")
    with pytest.raises(HarnessError, match="No space left"):
        write_reports(tmp_path, [Filed(card(), "kim")], run_of(card()))
    assert (tmp_path / "grades.csv").read_text(encoding="utf-8") == "earlier"
    assert {path.name for path in tmp_path.iterdir()} == {"grades.csv"}
