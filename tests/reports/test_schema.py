"""The published schemas are those of the models, and what is written keeps to them."""

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from autograder.reports.schema import PUBLISHED, schema_text
from autograder.runs import RunScorecard
from autograder.scorecard import Scorecard
from runs.made_up import run

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_published_schema_is_that_of_the_model(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == schema_text(PUBLISHED[name]), (
        "make it again: python -m autograder.reports.schema docs"
    )


def test_a_written_scorecard_keeps_to_the_schema(card: Callable[..., Scorecard]) -> None:
    jsonschema.validate(json.loads(card().model_dump_json()), json.loads(schema_text(Scorecard)))


def test_the_record_of_a_run_keeps_to_the_schema() -> None:
    jsonschema.validate(json.loads(run().model_dump_json()), json.loads(schema_text(RunScorecard)))
