"""A small exercise whose one metric depends on the seed; runs are kept in advance where many are needed."""

import asyncio
import json
import math
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import NormalDist

import pytest

from autograder.authoring.answers import Answer, load_answers
from autograder.authoring.build import build_exercise
from autograder.authoring.calibrate import calibrate, judge_metric, write_calibration
from autograder.authoring.calibration_settings import MetricSettings, load_settings
from autograder.authoring.measurements import AnswerRuns
from autograder.batch import Isolation
from autograder.course import Exercise, load_course
from autograder.course.calibration import Calibration, Metric, read_calibration
from autograder.errors import CourseError

MANIFEST = """
format = 1
title = { ko = "작은 강의", en = "A small course" }

[[exercise]]
id = "01_noise"
title = { ko = "우연", en = "Chance" }
"""
SETTINGS = """
[metric.error]
question = "q1"
name = "error"
better = "lower"
weak = ["untrained"]
"""
MASTER = '''
# %% [raw]
# # ASSIGNMENT CONFIG
# name: 01_noise
# init_cell: false
# export_cell: false
# check_all_cell: false
# run_tests: false
# solutions_pdf: false
# tests:
#   files: false
#   ok_format: false

# %% [markdown]
# A metric that chance decides.

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [raw]
# # BEGIN SOLUTION

# %%
import random
error = 24 * random.lognormvariate(0, 0.12)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
""" # END TEST CONFIG
def test_error_is_a_number(error):
    assert isinstance(error, float)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
'''
REFERENCE = 'title = "The reference"\nkind = "reference"\n'
UNTRAINED = """
title = "Learns nothing"
kind = "wrong"

[score]
q1 = 0

[cells]
q1 = '''
import random
error = 85 * random.lognormvariate(0, 0.3)
'''
"""
SEEDS = range(20)


class Noise:
    """The exercise, and what `calibrate` said."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.said: list[str] = []

    def settings(self, text: str) -> None:
        (self.exercise.folder / "calibrate.toml").write_text(text, encoding="utf-8")

    def answer(self, name: str, text: str) -> None:
        (self.exercise.folder / "answers" / f"{name}.toml").write_text(text, encoding="utf-8")

    def runs(self) -> dict[str, AnswerRuns]:
        built = build_exercise(self.exercise)
        answers = load_answers(self.exercise, built)
        settings = load_settings(self.exercise, built, answers)
        return {one.name: AnswerRuns(self.exercise, built, one, settings) for one in answers}

    def keep(self, answer: str, values: dict[int, float]) -> None:
        for seed, value in values.items():
            self.runs()[answer].keep(seed, {"error": value})

    def calibrate(self, seeds: Sequence[int] = SEEDS) -> Calibration:
        built = build_exercise(self.exercise)
        answers: tuple[Answer, ...] = load_answers(self.exercise, built)
        return asyncio.run(
            calibrate(
                self.exercise,
                built,
                answers,
                seeds=seeds,
                jobs=2,
                isolation=Isolation("warm", "none"),
                say=self.said.append,
            )
        )


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("built")


@pytest.fixture
def noise(built_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Noise:
    cache, root = tmp_path / "cache", tmp_path / "course"
    cache.mkdir()
    (cache / "built").symlink_to(built_once)  # measured values are each test's own
    monkeypatch.setenv("AUTOGRADER_CACHE", str(cache))
    (root / "solutions" / "01_noise" / "answers").mkdir(parents=True)
    (root / "datasets").mkdir()
    (root / "datasets" / "registry.toml").write_text("[dataset]\n", encoding="utf-8")
    (root / "solutions" / "course.toml").write_text(MANIFEST, encoding="utf-8")
    noise = Noise(load_course(root).exercises[0])
    noise.exercise.master.write_text(MASTER, encoding="utf-8")
    noise.answer("reference", REFERENCE)
    noise.answer("untrained", UNTRAINED)
    noise.settings(SETTINGS)
    return noise


def around(centre: float, spread: float, *, seeds: Sequence[int] = SEEDS) -> dict[int, float]:
    """A bell on the log scale, the same every time."""
    steps = [NormalDist().inv_cdf((place + 0.5) / len(seeds)) for place in range(len(seeds))]
    return {seed: centre * math.exp(spread * step) for seed, step in zip(seeds, steps, strict=True)}


def metric(**changes: object) -> MetricSettings:
    return MetricSettings.model_validate(
        {"question": "q1", "name": "error", "better": "lower", "weak": ("untrained",)} | changes
    )


def judge(
    settings: MetricSettings,
    honest: tuple[float, ...],
    weak: dict[str, tuple[float, ...]],
    *,
    allowed: float = 0.001,
    say: Callable[[str], None] = print,
) -> Metric:
    return judge_metric("here", settings, honest=honest, weak=weak, allowed=allowed, say=say)


@pytest.mark.slow
def test_values_are_those_of_real_runs_and_only_the_missing_ones_are_run(noise: Noise) -> None:
    honest, weak = around(24, 0.12, seeds=range(1, 20)), around(85, 0.3, seeds=range(1, 20))
    noise.keep("reference", honest)
    noise.keep("untrained", weak)
    error = noise.calibrate().metrics["error"]
    assert noise.said[0] == "40 runs: 38 kept from before, 2 to do"
    assert error.honest.values[1:] == tuple(honest.values())
    assert error.weak["untrained"].values[1:] == tuple(weak.values())
    # both runs drew the same number, for both had the same seed
    assert error.weak["untrained"].values[0] / 85 == pytest.approx((error.honest.values[0] / 24) ** 2.5)

    noise.said.clear()
    assert noise.calibrate().metrics["error"] == error
    assert noise.said[0] == "40 runs: 40 kept from before, 0 to do"


@pytest.mark.slow
def test_an_answer_that_does_not_run_stops_the_calibration_and_what_ran_is_kept(noise: Noise) -> None:
    noise.answer("untrained", UNTRAINED.replace("import random", "import no_such_module"))
    with pytest.raises(CourseError, match=r"answer untrained with seed 0 .*no_such_module"):
        noise.calibrate()
    reference = noise.runs()["reference"]
    assert reference.kept(0) is not None
    assert reference.kept(19) is None


@pytest.mark.slow
def test_a_metric_that_is_no_number_is_named(noise: Noise) -> None:
    noise.keep("reference", around(24, 0.12))
    noise.answer("untrained", UNTRAINED.replace("85 *", "float('nan') *"))
    with pytest.raises(CourseError, match="error at q1 must be a finite number, found nan"):
        noise.calibrate()
    noise.answer("untrained", UNTRAINED.replace("error =", "another ="))
    with pytest.raises(CourseError, match="error at q1 is not there"):
        noise.calibrate()


def test_the_written_calibration_is_what_tests_read(noise: Noise) -> None:
    noise.keep("reference", around(24, 0.12))
    noise.keep("untrained", around(85, 0.3))
    calibration = noise.calibrate()
    write_calibration(noise.exercise, calibration)
    assert read_calibration(noise.exercise) == calibration
    (threshold,) = calibration.thresholds.values()
    assert max(calibration.metrics["error"].honest.values) < threshold < 60
    assert calibration.seeds == tuple(SEEDS)
    assert calibration.reference_hash == build_exercise(noise.exercise).reference_hash
    assert calibration.versions["python"].startswith("3.")
    assert (noise.exercise.folder / "calibration.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_runs_are_kept_when_only_prose_and_tests_change(noise: Noise) -> None:
    noise.keep("reference", {0: 24.0})
    master = noise.exercise.master
    master.write_text(
        MASTER.replace("A metric", "A number").replace("float)", "(float, int))"), encoding="utf-8"
    )
    assert noise.runs()["reference"].kept(0) == {"error": 24.0}
    master.write_text(MASTER.replace("24 *", "25 *"), encoding="utf-8")
    assert noise.runs()["reference"].kept(0) is None
    assert noise.runs()["untrained"].folder != noise.runs()["reference"].folder


@pytest.mark.parametrize("content", ["", "[]", '{"q1.other": 3}', '{"q1.error": "no"}', '{"q1.error": null}'])
def test_a_damaged_value_is_measured_again(noise: Noise, content: str) -> None:
    noise.keep("reference", {0: 24.0})
    path = noise.runs()["reference"].path(0)
    assert json.loads(path.read_text(encoding="utf-8")) == {"q1.error": 24.0}
    path.write_text(content, encoding="utf-8")
    assert noise.runs()["reference"].kept(0) is None


def test_the_promise_is_shared_among_the_metrics(noise: Noise) -> None:
    noise.keep("reference", around(24, 0.12))
    noise.keep("untrained", around(85, 0.2))
    alone = noise.calibrate().metrics["error"]
    noise.settings(SETTINGS + SETTINGS.replace("metric.error", "metric.same_error"))
    together = noise.calibrate().metrics
    assert 0.0008 < alone.honest.chance <= 0.001
    assert sum(one.honest.chance for one in together.values()) <= 0.001
    assert together["error"].threshold > alone.threshold


def without_and_with(noise: Noise, more: str, *, untrained: float) -> tuple[Metric, Metric]:
    """The metric as it is, and with further settings, for untrained runs around that value."""
    noise.keep("reference", around(24, 0.12))
    noise.keep("untrained", around(untrained, 0.2))
    without = noise.calibrate().metrics["error"]
    noise.settings(SETTINGS + more)
    return without, noise.calibrate().metrics["error"]


def test_an_honest_value_seen_elsewhere_counts_as_a_run(noise: Noise) -> None:
    without, told = without_and_with(noise, "seen = [44.0]\n", untrained=85)
    assert told.honest.values == (*without.honest.values, 44.0)
    assert told.threshold > 44 > without.threshold
    assert told.honest.chance <= 0.001


def test_a_threshold_in_the_middle_leaves_room_on_both_sides(noise: Noise) -> None:
    more = 'place = "middle"\nfixed = { naive = 90.0 }\n'
    strictest, middle = without_and_with(noise, more, untrained=185)
    assert middle.threshold == pytest.approx((strictest.threshold * 90.0) ** 0.5, abs=0.05)
    assert middle.honest.chance < strictest.honest.chance
    assert middle.weak["naive"].chance == 0
    assert middle.weak["untrained"].chance < 0.05


def test_in_the_middle_of_what_cannot_be_told_apart_there_is_no_threshold() -> None:
    honest, weak = tuple(around(44, 0.3).values()), tuple(around(60, 0.3).values())
    with pytest.raises(CourseError, match="no threshold tells honest runs from weak ones"):
        judge(metric(place="middle"), honest, {"untrained": weak})


def test_fewer_than_20_seeds_are_refused_before_anything_runs(noise: Noise) -> None:
    with pytest.raises(CourseError, match=r"19 seeds .* with 20 or more"):
        noise.calibrate(range(19))
    with pytest.raises(CourseError, match="2 seeds"):
        noise.calibrate([1, 2] * 10)
    assert noise.said == []


def test_inseparable_answers_are_refused_with_all_figures() -> None:
    honest, weak = tuple(around(44, 0.3).values()), tuple(around(180, 0.36).values())
    with pytest.raises(CourseError) as refused:
        judge(metric(fixed={"naive": 60.0}), honest, {"untrained": weak, "naive": (60.0,)})
    sentence = str(refused.value)
    assert "\n" not in sentence
    for figure in (
        "(mean 45.89, sd 13.8)",
        "(mean 191.2, sd 69.3)",
        "at most 131",
        "naive passes with 100.00% (mean 60, sd 0)",
    ):
        assert figure in sentence, sentence


def test_a_weak_answer_that_passes_one_time_in_twenty_is_let_be() -> None:
    honest, weak = tuple(around(24, 0.12).values()), tuple(around(85, 0.36).values())
    found = judge(metric(), honest, {"untrained": weak}, allowed=0.0005)
    assert 0 < found.weak["untrained"].chance < 0.05


def test_where_higher_is_better_the_threshold_lies_below_the_honest_runs() -> None:
    rng = random.Random(5)
    honest = tuple(rng.gauss(0.9, 0.01) for _ in SEEDS)
    settings = metric(better="higher", scale="linear", round=2)
    found = judge(settings, honest, {"untrained": (0.5,)})
    assert 0.8 < found.threshold < min(honest)
    assert found.weak["untrained"].chance == 0


def test_honest_runs_that_never_differ_are_refused() -> None:
    with pytest.raises(CourseError, match="all 20 honest runs gave 24"):
        judge(metric(), (24.0,) * 20, {"untrained": (80.0,)})


def test_a_value_without_a_logarithm_names_the_other_scale() -> None:
    honest = (0.0, *around(24, 0.12).values())
    with pytest.raises(CourseError, match='scale = "linear"'):
        judge(metric(), honest, {"untrained": (80.0,)})


def test_honest_values_of_two_kinds_raise_a_doubt() -> None:
    said: list[str] = []
    honest = tuple([20.0 + 0.01 * seed for seed in range(10)] + [30.0 + 0.01 * seed for seed in range(10)])
    judge(metric(), honest, {"untrained": (300.0,)}, say=said.append)
    assert "no bell on the log scale" in said[-1]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ("", "cannot be read"),
        ("[metric", "cannot be read"),
        (SETTINGS + "colour = 1", "colour"),
        (SETTINGS.replace('"lower"', '"smaller"'), "'lower' or 'higher'"),
        (SETTINGS.replace('"q1"', '"q9"'), "names q9; the questions are q1"),
        (SETTINGS.replace("untrained", "lazy"), "weak answer lazy; the wrong ones are untrained"),
        (SETTINGS.replace("untrained", "reference"), "weak answer reference"),
        (SETTINGS.replace('weak = ["untrained"]', ""), "needs something to keep out"),
        (SETTINGS + "fixed = { untrained = 3 }", "share a name"),
        (SETTINGS + "fixed = { nothing = 0 }", "no logarithm"),
    ],
)
def test_wrong_settings_are_one_clear_line(noise: Noise, settings: str, sentence: str) -> None:
    noise.settings(settings)
    with pytest.raises(CourseError, match=r"calibrate\.toml.*" + sentence) as refused:
        noise.runs()
    assert "\n" not in str(refused.value)


def test_an_exercise_without_settings_points_to_the_page(noise: Noise) -> None:
    (noise.exercise.folder / "calibrate.toml").unlink()
    with pytest.raises(CourseError, match=r"calibrate\.toml: no such file.*docs/calibration\.md"):
        noise.runs()
