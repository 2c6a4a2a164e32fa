"""The honest notebook for an exercise that nobody set."""

import json


def make(notebook: bytes, _student: str) -> bytes:
    """Metadata that name a path instead of an exercise."""
    data = json.loads(notebook)
    data["metadata"]["autograder"] = {"exercise": "../../etc", "format": 1}
    return json.dumps(data).encode()
