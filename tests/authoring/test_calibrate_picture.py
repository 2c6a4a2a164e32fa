import re
from xml.etree import ElementTree as ET

import pytest

from autograder.authoring.calibration_picture import draw_calibration
from autograder.course.calibration import Calibration, Measured, Metric

HONEST = Measured(values=(20.1, 22.5, 24.0, 28.4), mean=23.8, sd=3.5, chance=0.00048)
WEAK = Measured(values=(51, 75, 88, 147), mean=90, sd=41, chance=0.0123)
FIXED = Measured(values=(42.15,), mean=42.15, sd=0, chance=0)


@pytest.fixture
def calibration() -> Calibration:
    low = Metric(
        better="lower", scale="log", threshold=40.2, honest=HONEST, weak={"one_epoch": WEAK, "naive": FIXED}
    )
    high = Metric(better="higher", scale="linear", threshold=-3, honest=HONEST, weak={"one_epoch": WEAK})
    metrics = {"train_rmse": low, "r2": high}
    return Calibration(exercise="11_x", seeds=(0, 1), metrics=metrics, versions={}, reference_hash="0")


def text_of(svg: str) -> str:
    return " ".join("".join(ET.fromstring(svg).itertext()).split())


def test_the_picture_names_every_answer_with_its_chance(calibration: Calibration) -> None:
    text = text_of(draw_calibration(calibration))
    for part in (
        "train_rmse: passes at or below 40.2",
        "r2: passes at or above -3",
        "reference (4 runs) fails 0.05 %",
        "one_epoch (4 runs) passes 1.2 %",
        "naive (fixed value) passes 0 %",
    ):
        assert part in text, text


def test_every_measured_value_is_a_mark(calibration: Calibration) -> None:
    svg = draw_calibration(calibration)
    marks = re.findall(r'<use xlink:href="#\w+" x="[\d.]+" y="[\d.]+" style="[^"]*#(0072b2|d55e00)', svg)
    assert (marks.count("0072b2"), marks.count("d55e00")) == (8, 9)


def test_drawing_twice_gives_the_same_bytes(calibration: Calibration) -> None:
    assert draw_calibration(calibration) == draw_calibration(calibration)


@pytest.mark.parametrize(
    ("chance", "shown"),
    [
        (0.0, "0 %"),
        (1e-9, "&lt; 0.01 %"),
        (0.0005, "0.05 %"),
        (0.034, "3.4 %"),
        (0.25, "25 %"),
        (1.0, "100 %"),
    ],
)
def test_chances_are_shown_in_percent(calibration: Calibration, chance: float, shown: str) -> None:
    honest = HONEST.model_copy(update={"chance": chance})
    metrics = {"m": calibration.metrics["r2"].model_copy(update={"honest": honest})}
    assert f"fails {shown}<" in draw_calibration(calibration.model_copy(update={"metrics": metrics}))
