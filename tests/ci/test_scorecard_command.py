"""`autograder scorecard` and `compare` as a CI server runs them, on the small course."""

import json
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from command_line import run
from mini import MiniCourse

CALIBRATE = """
[metric.total]
question = "q1"
name = "total"
better = "higher"
scale = "linear"
weak = ["wrong_sum"]
"""


def scorecard(
    mini: MiniCourse, *args: str | Path, out: str = "out", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    where = mini.results.parent
    course = ("--course", mini.course.root, "--sandbox", "none", "--jobs", "2")
    return run("scorecard", "--out", out, *args, *course, cwd=where, env=env)


def record(mini: MiniCourse, out: str = "out") -> dict[str, object]:
    found: dict[str, object] = json.loads((mini.results.parent / out / "scorecard.json").read_bytes())
    return found


@pytest.fixture
def handed_in(mini: MiniCourse, tmp_path: Path) -> Path:
    return mini.hand_in(tmp_path / "class", kim={}, lee={"q1": "total = 1"})


def test_every_file_is_there_and_says_the_same(mini: MiniCourse, handed_in: Path) -> None:
    done = scorecard(mini, "--submissions", handed_in)
    assert done.returncode == 0, done.stdout + done.stderr
    out = mini.results.parent / "out"
    entries = {(one["role"], one["student"]): one["score"] for one in record(mini)["entries"]}  # type: ignore[attr-defined]
    assert entries == {("canary", "reference"): 10, ("submission", "kim"): 10, ("submission", "lee"): 8}
    junit = etree.parse(out / "junit.xml").getroot()
    assert (junit.get("errors"), len(junit)) == ("0", 3)
    assert int(junit.get("failures")) > 0
    assert "`lee`" in (out / "summary.md").read_text(encoding="utf-8")
    page = (out / "index.html").read_text(encoding="utf-8")
    assert 'href="class/results/submissions/lee/01_numbers/feedback.html"' in page
    assert (out / "class/results/submissions/lee/01_numbers/feedback.html").is_file()
    assert "1 of 1 on CPU" in (out / "badge.svg").read_text(encoding="utf-8")


def test_a_student_called_reference_is_a_student(mini: MiniCourse, tmp_path: Path) -> None:
    folder = mini.hand_in(tmp_path / "class", reference={"q1": "total = 1"})
    assert scorecard(mini, "--submissions", folder).returncode == 0
    scores = [(one["role"], one["score"]) for one in record(mini)["entries"]]  # type: ignore[attr-defined]
    assert scores == [("canary", 10), ("submission", 8)]


def test_nothing_that_was_handed_in_disappears(mini: MiniCourse, tmp_path: Path) -> None:
    """What cannot be read has an entry, and what is left out is named."""
    folder = mini.hand_in(tmp_path / "class", kim={})
    (folder / "lee.ipynb").write_text("no notebook", encoding="utf-8")
    (folder / "notes.txt").write_text("not one either", encoding="utf-8")
    done = scorecard(mini, "--submissions", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    found = {(one["student"], one["status"]) for one in record(mini)["entries"]}  # type: ignore[attr-defined]
    assert found == {("reference", "graded"), ("kim", "graded"), ("lee", "invalid_notebook")}
    assert "notes.txt" in done.stdout
    junit = etree.parse(mini.results.parent / "out" / "junit.xml").getroot()
    assert junit.find("testsuite[@name='01_numbers: lee']").get("failures") == "1"


def test_a_folder_with_something_else_in_it_is_left_alone(mini: MiniCourse) -> None:
    out = mini.results.parent / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("mine", encoding="utf-8")
    done = scorecard(mini)
    assert done.returncode == 2
    assert "give a new folder" in done.stderr
    assert [path.name for path in out.iterdir()] == ["thesis.txt"]


def test_a_second_run_goes_on_where_the_first_was(mini: MiniCourse, tmp_path: Path) -> None:
    folder = mini.hand_in(tmp_path / "class", kim={})
    assert scorecard(mini, "--submissions", folder).returncode == 0
    mini.hand_in(folder, lee={})
    done = scorecard(mini, "--submissions", folder)
    assert "2 submissions, 1 of them unchanged" in done.stdout
    assert len(record(mini)["entries"]) == 3  # type: ignore[arg-type]


def test_submissions_to_other_exercises_are_named_and_left_out(mini: MiniCourse, tmp_path: Path) -> None:
    folder = mini.hand_in(tmp_path / "class", kim={})
    assert run("new-exercise", "02_more", "--course", mini.course.root, cwd=tmp_path).returncode == 0
    (folder / "lee.ipynb").write_text("of no exercise that could be told", encoding="utf-8")
    done = scorecard(mini, "02_more", "--submissions", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "kim.ipynb: of 01_numbers, which was not asked for" in done.stdout
    found = [(one["student"], one["exercise"]) for one in record(mini)["entries"]]  # type: ignore[attr-defined]
    assert found == [("reference", "02_more"), ("lee", "unknown")]


@pytest.mark.parametrize(
    ("gate", "status"),
    [
        (("--require-score", "80"), 0),
        (("--require-score", "81"), 3),
        (("--require-score", "01_numbers=100"), 3),
        (("--require-metric", "01_numbers.none"), 3),
        (("--require-score", "most"), 2),
        (("--baseline", "no-such-file"), 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_gates_decide_the_exit_status(
    mini: MiniCourse, handed_in: Path, gate: tuple[str, ...], status: int
) -> None:
    done = scorecard(mini, "--submissions", handed_in, *gate)
    assert done.returncode == status, done.stdout + done.stderr
    assert ("NOT MET" in done.stdout) == (status == 3)


def test_a_regression_since_a_baseline_is_found(mini: MiniCourse, tmp_path: Path) -> None:
    folder = mini.hand_in(tmp_path / "class", kim={})
    slow = ("--time-tolerance", "100")
    assert scorecard(mini, "--submissions", folder, out="before").returncode == 0
    assert scorecard(mini, "--submissions", folder, "--baseline", "before", *slow, out="same").returncode == 0
    mini.hand_in(folder, kim={"q1": "total = 1"})
    done = scorecard(mini, "--submissions", folder, "--baseline", "before/scorecard.json", *slow, out="after")
    assert done.returncode == 3
    assert "kim in 01_numbers: score 100, now 80" in done.stdout
    shown = run("compare", "before", "after", cwd=tmp_path)
    assert shown.returncode == 0
    assert "| `kim` | `01_numbers` | score | 100.0 % | 80.0 % | worse |" in shown.stdout


def test_a_reference_that_loses_points_is_our_fault(mini: MiniCourse) -> None:
    mini.edit_master("assert total == 10, ", "assert total == 11, ")
    done = scorecard(mini, "--require-score", "100")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "references with full marks: 0 of 1; no score" in done.stdout
    junit = etree.parse(mini.results.parent / "out" / "junit.xml").getroot()
    assert (junit.get("failures"), junit.get("errors")) == ("0", "1")


def test_nothing_a_student_named_or_printed_is_a_command_of_the_server(
    mini: MiniCourse, tmp_path: Path
) -> None:
    says = {"q1": "raise ValueError('::set-output name=a::b ##[x]')"}
    folder = mini.hand_in(tmp_path / "class", **{"::error::x": says})
    done = scorecard(mini, "--submissions", folder)
    shown = done.stdout + done.stderr
    assert done.returncode == 0, shown
    assert "::" not in shown
    assert "##[" not in shown
    mini.hand_in(folder, **{"::error::x": {}})
    assert scorecard(mini, "--submissions", folder, out="after").returncode == 0
    shown = run("compare", "out", "after", cwd=tmp_path).stdout
    assert "error" in shown
    assert "::" not in shown


def test_metrics_stand_beside_their_bands(mini: MiniCourse) -> None:
    """Of a variable that is a number at its check cell, and of one that no test case asks for."""
    folder = mini.exercise.folder
    (folder / "calibrate.toml").write_text(CALIBRATE, encoding="utf-8")
    (folder / "calibration.json").write_text(
        json.dumps(
            {
                "exercise": "01_numbers",
                "seeds": [0],
                "metrics": {
                    "total": {
                        "better": "higher",
                        "scale": "linear",
                        "threshold": 9.5,
                        "honest": {"values": [10, 10], "mean": 10, "sd": 0, "chance": 0},
                        "weak": {"wrong_sum": {"values": [9], "mean": 9, "sd": 0, "chance": 0}},
                    }
                },
                "versions": {},
                "reference_hash": "x",
            }
        ),
        encoding="utf-8",
    )
    done = scorecard(mini, "--require-metric", "01_numbers.total", "--require-metric", "01_numbers.total<10")
    assert done.returncode == 3, done.stdout + done.stderr
    (entry,) = record(mini)["entries"]  # type: ignore[misc]
    (metric,) = entry["metrics"]
    assert (metric["name"], metric["value"], metric["band"]["threshold"]) == ("total", 10, 9.5)
    assert [gate["is_met"] for gate in record(mini)["gates"]] == [True, False]  # type: ignore[attr-defined]


def test_a_step_of_github_actions_has_annotations_summary_and_outputs(
    mini: MiniCourse, handed_in: Path, tmp_path: Path
) -> None:
    """Also where a gate is not met; and after what an earlier command of the same step has written."""
    files = {name: str(tmp_path / name) for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    (tmp_path / "GITHUB_OUTPUT").write_text("earlier=1\n", encoding="utf-8")
    gate = ("--require-score", "90")
    done = scorecard(mini, "--submissions", handed_in, *gate, "--github", env=files)
    assert done.returncode == 3, done.stdout + done.stderr
    (said,) = [line for line in done.stdout.splitlines() if "::" in line]
    assert said == "::error title=Gate not met::score >= 90 %25: lee in 01_numbers: 80.0 %25"
    written = (tmp_path / "out" / "summary.md").read_text(encoding="utf-8")
    assert (tmp_path / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8") == written
    outputs = (tmp_path / "GITHUB_OUTPUT").read_text(encoding="utf-8")
    assert outputs == "earlier=1\nverdict=references with full marks: 1 of 1; gates met: 0 of 1\n"


def test_outside_a_step_nothing_is_run_for_github(mini: MiniCourse) -> None:
    done = scorecard(mini, "--github", env={"GITHUB_STEP_SUMMARY": "", "GITHUB_OUTPUT": ""})
    assert done.returncode == 2
    assert "the option is for GitHub Actions" in done.stderr
    assert not (mini.results.parent / "out").exists()
