"""The steps of action and workflows, carried out in clean folders: with the small course, and a stand-in for `gh`."""

import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.authoring.build import build_exercise
from autograder.authoring.leaks import find_leaks
from autograder.course import load_course
from ci.steps import ROOT, STUDENT, Done, Machine, action_inputs, action_steps, load, workflow
from mini import MiniCourse

# What a step may have in its environment, and what no student may ever get of it.
SECRET = "AG-CANARY-SECRET"
SECRETS = dict.fromkeys(
    ("GITHUB_TOKEN", "ACTIONS_RUNTIME_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "COURSE_SECRET"), SECRET
)
HUNTS = """
import os
print(dict(os.environ))
print("::error::a\\n::stop-commands::x\\n##[group]y")
raise ValueError("::add-mask::8 ::set-output name=status::0")
"""
# In place of the step that downloads the libraries: the grader that is being tested.
INSTALLED = {"Install the grader": f'echo "{Path(sys.executable).parent}" >>"$GITHUB_PATH"\n'}
CLASSROOM = workflow("classroom.yml")["jobs"]
GPU = workflow("gpu.yml")["jobs"]

# Answers as GitHub would, from the files of `server`.
GH = """
server="$(dirname "$0")/../server"
case "$1 $2" in
  "api --paginate") cat "$server/accepted.tsv" ;;
  "api --header")
    path=${4#/repos/}
    cat "$server/${path//\\//_}" 2>/dev/null || { echo '{"message": "Not Found"}'; exit 1; } ;;
  "run list") cat "$server/last-run" ;;
  "run download") cp -R "$server/run-$3" baseline ;;
  "auth setup-git") ;;
  *) echo "gh $*: not expected" >&2; exit 2 ;;
esac
"""


def make_machine(folder: Path) -> Machine:
    made = Machine(folder, env={"GH_TOKEN": "x"})
    made.program("gh", GH)
    (made.folder / "server").mkdir()
    return made


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return make_machine(tmp_path / "machine")


def fetch(
    machine: Machine, *accepted: tuple[str, str], assignment: str = "7", exercise: str = "01_numbers"
) -> Done:
    lines = [f"{repository}\t{student}\n" for repository, student in accepted]
    (machine.folder / "server" / "accepted.tsv").write_text("".join(lines), encoding="utf-8")
    known = {
        "github.event.repository.private": "true",
        "secrets.CLASSROOM_TOKEN": "secret",
        "inputs.assignment": assignment,
        "inputs.exercise": exercise,
    }
    return machine.carry_out(CLASSROOM["fetch"]["steps"], known)


@dataclass
class Classroom:
    """A class that was fetched and graded; the step that graded it had secrets, and one student hunts for them."""

    machine: Machine
    fetched: Done
    graded: Done

    @property
    def out(self) -> Path:
        return self.machine.workspace / "out"


@pytest.fixture(scope="module")
def classroom(tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    mini = MiniCourse.copy(tmp_path_factory.mktemp("mini"))
    machine = make_machine(tmp_path_factory.mktemp("classroom") / "machine")
    server = machine.folder / "server"
    (server / "org_hw-kim_contents_01_numbers.ipynb").write_bytes(mini.notebook())
    wrong = mini.notebook({"q1": f"total = 1\n{HUNTS}"})
    (server / "org_hw-lee_contents_01_numbers.ipynb").write_bytes(wrong)
    fetched = fetch(machine, ("org/hw-kim", "kim"), ("org/hw-lee", "lee"), ("org/hw-choi", "choi"))
    shutil.copytree(mini.course.root, machine.workspace, dirs_exist_ok=True)
    known = action_inputs(
        exercises="01_numbers",
        submissions="handed-in",
        sandbox="none",
        require_score="90\n\n 01_numbers=80 \n",
    )
    machine.env |= SECRETS
    graded = machine.carry_out(action_steps(), known, instead=INSTALLED)
    return Classroom(machine, fetched, graded)


def test_a_class_is_fetched(classroom: Classroom) -> None:
    assert classroom.fetched.status == 0, classroom.fetched.log
    said = "::warning title=Nothing handed in::org/hw-choi has no 01_numbers.ipynb"
    assert said in classroom.fetched.log
    handed_in = classroom.machine.workspace / "handed-in"
    found = sorted(path.relative_to(handed_in).as_posix() for path in handed_in.rglob("*.ipynb"))
    assert found == ["kim/01_numbers/01_numbers.ipynb", "lee/01_numbers/01_numbers.ipynb"]


def test_it_is_graded_and_a_gate_that_is_not_met_is_said(classroom: Classroom) -> None:
    done = classroom.graded
    assert done.status == 3, done.log
    assert done.outputs == {
        "status": "3",
        "verdict": "references with full marks: 1 of 1; gates met: 1 of 2",
        "out": "out",
    }
    assert "::error title=Gate not met::score >= 90 %25: lee in 01_numbers: 80.0 %25" in done.log
    assert "`lee`" in done.summary
    files = {"scorecard.json", "junit.xml", "summary.md", "index.html", "badge.svg"}
    assert files <= {path.name for path in classroom.out.iterdir()}
    entries = json.loads((classroom.out / "scorecard.json").read_bytes())["entries"]
    assert [(one["student"], one["score"]) for one in entries] == [("reference", 10), ("kim", 10), ("lee", 8)]


def test_no_variable_of_the_step_reaches_a_student_and_nothing_printed_is_a_command(
    classroom: Classroom,
) -> None:
    """At level `none`, which is the weakest."""
    executed = classroom.out / "class/results/submissions/lee/01_numbers/executed.ipynb"
    assert "KERAS_BACKEND" in executed.read_text(encoding="utf-8")
    for path in classroom.out.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path
    commands = [line for line in classroom.graded.log.splitlines() if "::" in line or "##[" in line]
    assert len(commands) == 1
    assert commands[0].startswith("::error title=Gate not met::")


def test_the_workflow_for_a_class_asks_for_what_is_tested_here_but_confined() -> None:
    (step,) = [step for step in CLASSROOM["grade"]["steps"] if step.get("uses") == "./"]
    asked = {"exercises": "${{ inputs.exercise }}", "submissions": "handed-in", "sandbox": "namespaces"}
    assert step["with"] == asked


GITHUB = {"github.token": "x", "github.repository": "org/course"}


def test_the_last_good_run_is_found_where_there_is_one(classroom: Classroom, machine: Machine) -> None:
    server = machine.folder / "server"
    (server / "last-run").write_text("", encoding="utf-8")
    none = machine.carry_out(GPU["baseline"]["steps"], GITHUB)
    assert (none.status, none.outputs) == (0, {}), none.log
    (server / "last-run").write_text("42\n", encoding="utf-8")
    gone = machine.carry_out(GPU["baseline"]["steps"], GITHUB)
    assert (gone.status, gone.outputs) == (0, {}), gone.log
    assert "run 42 no longer has its record" in gone.log
    shutil.copytree(classroom.out, server / "run-42")
    found = machine.carry_out(GPU["baseline"]["steps"], GITHUB)
    assert (found.status, found.outputs) == (0, {"found": "true"}), found.log
    shutil.copytree(classroom.out, machine.workspace / "out")
    machine.program("autograder", f'exec "{sys.executable}" -m autograder "$@"')
    done = machine.carry_out(GPU["scorecard"]["steps"], GITHUB)
    assert done.status == 0, done.log
    assert "0 differ" in done.summary


def test_badge_and_page_are_published_and_nothing_else(classroom: Classroom, machine: Machine) -> None:
    """In one commit, which takes the place of the one before; a hook that came along with the files is not run."""
    server = machine.folder / "server" / "org" / "course.git"
    subprocess.run(["git", "init", "--quiet", "--bare", server], check=True)
    machine.env |= {"GITHUB_SERVER_URL": f"file://{machine.folder / 'server'}", "GITHUB_SHA": "abc"}
    record = machine.workspace / "record"
    shutil.copytree(classroom.out, record)
    subprocess.run(["git", "init", "--quiet", record], check=True)
    for hook in ("post-commit", "pre-push"):
        (record / ".git" / "hooks" / hook).write_text("#!/bin/sh\ntouch $RUNNER_TEMP/ran\n", encoding="utf-8")
        (record / ".git" / "hooks" / hook).chmod(0o755)
    for _ in range(2):
        shutil.rmtree(machine.workspace / "pages", ignore_errors=True)
        done = machine.carry_out(GPU["publish"]["steps"], GITHUB)
        assert done.status == 0, done.log
    log = ["git", "-C", str(server), "log", "--format=%s", "--name-only", "scorecards"]
    shown = subprocess.run(log, capture_output=True, text=True, check=True).stdout.splitlines()
    files = ["badge.svg", "index.html", "scorecard.json", "summary.md"]
    assert shown == ["Scorecards of abc", "", *files]
    assert not (machine.folder / "temp" / "ran").exists()


@pytest.mark.parametrize(
    "name", ["exercises", "submissions", "out", "require_score", "baseline", "profile", "jobs"]
)
def test_no_input_is_ever_code(machine: Machine, name: str) -> None:
    """Nor an option: a value that begins with a hyphen is the value of its option, or the name of an exercise."""
    machine.program("autograder", 'printf "%s\\n" "$@" >"$RUNNER_TEMP/arguments"\n')
    hostile = '--help;touch$IFS./pwned $(touch ./pwned) "`touch ./pwned`" \\'
    done = machine.carry_out(
        action_steps(), action_inputs(**{name: hostile}), instead={"Install the grader": ":"}
    )
    assert done.status == 0, done.log
    assert list(machine.workspace.iterdir()) == []
    arguments = (machine.folder / "temp" / "arguments").read_text(encoding="utf-8").splitlines()
    after = arguments[arguments.index("--") + 1 :]
    if name == "exercises":
        assert after[0] == "--help;touch$IFS./pwned"
    else:
        option = name.replace("_", "-")
        (value,) = [one for one in arguments if one.startswith(f"--{option}=")]
        assert value.removeprefix(f"--{option}=").startswith("--help;touch$IFS./pwned $(touch")
        assert after == []


def test_inputs_that_are_empty_are_no_options(machine: Machine) -> None:
    machine.program("autograder", 'printf "%s\\n" "$@" >"$RUNNER_TEMP/arguments"\nexit 2\n')
    done = machine.carry_out(action_steps(), action_inputs(), instead={"Install the grader": ":"})
    assert (done.status, done.outputs) == (2, {"status": "2", "out": "out"})
    arguments = (machine.folder / "temp" / "arguments").read_text(encoding="utf-8").split()
    assert arguments == ["scorecard", "--github", "--course=.", "--out=out", "--sandbox=auto", "--"]


@pytest.mark.parametrize(
    ("accepted", "asked", "said"),
    [
        (("org/hw", "../../etc"), {}, "Unexpected answer"),
        (("org/hw/../x", "kim"), {}, "Unexpected answer"),
        (("org/hw", "kim"), {"assignment": "7/../../user"}, "an assignment is a number"),
        (("org/hw", "kim"), {"exercise": "../x"}, "an assignment is a number"),
    ],
)
def test_names_that_lead_elsewhere_are_refused(
    machine: Machine, accepted: tuple[str, str], asked: dict[str, str], said: str
) -> None:
    done = fetch(machine, accepted, **asked)
    assert done.status == 1
    assert said in done.log
    assert not (machine.workspace / "handed-in").exists()


def test_a_class_is_not_graded_where_everybody_could_read_it(machine: Machine) -> None:
    done = machine.carry_out(CLASSROOM["fetch"]["steps"][:1], {"github.event.repository.private": "false"})
    assert done.status == 1
    assert "::error title=Not private::" in done.log


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a student's repository begins with."""
    folder = tmp_path_factory.mktemp("classroom") / "template"
    make_template("04_bag_of_words", folder)
    return folder


def make_template(exercise: str, folder: Path) -> subprocess.CompletedProcess[str]:
    script = ROOT / ".github" / "classroom" / "make-template"
    env = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}
    done = subprocess.run([script, exercise, folder], capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_where_a_check_would_lack_pretrained_weights_there_is_none(tmp_path: Path) -> None:
    done = make_template("01_transfer_learning", tmp_path / "template")
    assert "vgg16_notop" in done.stdout
    assert [path.name for path in (tmp_path / "template").iterdir()] == ["01_transfer_learning.ipynb"]


def test_nothing_hidden_enters_a_students_repository(template: Path) -> None:
    built = build_exercise(load_course(ROOT).exercise("04_bag_of_words"))
    (wheel,) = (template / ".github" / "autograder").glob("*.whl")
    found = {path.relative_to(template).as_posix() for path in template.rglob("*") if path.is_file()}
    handed_out = {path.name for path in (ROOT / "exercises" / "04_bag_of_words").iterdir()}
    assert found == handed_out | {
        ".github/workflows/check.yml",
        ".github/autograder/constraints.txt",
        f".github/autograder/{wheel.name}",
    }
    for name in found - {f".github/autograder/{wheel.name}"}:
        text = (template / name).read_text(encoding="utf-8")
        assert find_leaks(built, text if name.endswith(".ipynb") else json.dumps(text)) == [], name
    with zipfile.ZipFile(wheel) as packed:
        tops = {name.split("/")[0] for name in packed.namelist()}
    assert tops == {"autograder", wheel.name.split("-py3")[0] + ".dist-info"}


def test_a_push_is_checked_with_nothing_but_the_students_repository(
    machine: Machine, template: Path, mini: MiniCourse
) -> None:
    """With the grader from the repository's own wheel; one notebook is right, one is not."""
    shutil.copytree(template / ".github", machine.workspace / ".github")
    shutil.copy(mini.course.root / "datasets" / "numbers.csv", machine.workspace)
    (machine.workspace / "right.ipynb").write_bytes(mini.notebook())
    (machine.workspace / "wrong.ipynb").write_bytes(mini.notebook({"q1": "total = 'ten'"}))
    # The libraries of this environment, but the grader of the wheel.
    install = f"""
        "{sys.executable}" -m zipfile -e .github/autograder/autograder-*.whl "$RUNNER_TEMP/installed"
    """
    machine.program(
        "autograder",
        f'PYTHONPATH="$RUNNER_TEMP/installed" exec "{sys.executable}" -m autograder "$@"',
    )
    steps = load(STUDENT)["jobs"]["check"]["steps"]
    done = machine.carry_out(steps, {}, instead={"Install the grader": install})
    assert done.status == 3, done.log
    assert "## ✅ `01_numbers`: 3 of 3 points" in done.summary
    assert "## ❌ `01_numbers`: 2 of 3 points" in done.summary
    assert "::error title=01_numbers q1::" in done.log
    assert "secret" not in done.log + done.summary
