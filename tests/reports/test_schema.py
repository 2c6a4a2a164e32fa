import json
from collections.abc import Callable
from pathlib import Path

import jsonschema

from autograder.reports.schema import schema_text
from autograder.scorecard import Scorecard

PUBLISHED = Path(__file__).parents[2] / "docs" / "scorecard.schema.json"


def test_the_published_schema_is_that_of_the_model() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == schema_text(), (
        "make it again: python -m autograder.reports.schema > docs/scorecard.schema.json"
    )


def test_a_written_scorecard_keeps_to_the_schema(card: Callable[..., Scorecard]) -> None:
    jsonschema.validate(json.loads(card().model_dump_json()), json.loads(schema_text()))
