"""The JSON Schemas of a scorecard and of a run, into a folder: `python -m autograder.reports.schema docs`."""

import json
import sys
from pathlib import Path

from pydantic import BaseModel

from autograder.runs import RunScorecard
from autograder.scorecard import Scorecard

PUBLISHED: dict[str, type[BaseModel]] = {
    "scorecard.schema.json": Scorecard,
    "run-scorecard.schema.json": RunScorecard,
}


def schema_text(model: type[BaseModel]) -> str:
    """The schema of a record as it is written: every field is there."""
    schema = model.model_json_schema(mode="serialization")
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(dialect | schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name, model in PUBLISHED.items():
        (Path(sys.argv[1]) / name).write_text(schema_text(model), encoding="utf-8")
