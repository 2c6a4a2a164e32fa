"""The scorecard's JSON Schema: `python -m autograder.reports.schema > docs/scorecard.schema.json`."""

import json
import sys

from autograder.scorecard import Scorecard


def schema_text() -> str:
    """The schema of a scorecard as it is written: every field is there."""
    schema = Scorecard.model_json_schema(mode="serialization")
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(dialect | schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
