"""The honest notebook with every check cell taken out."""

import json


def make(notebook: bytes, _student: str) -> bytes:
    """No `grader.check` is left."""
    data = json.loads(notebook)
    data["cells"] = [cell for cell in data["cells"] if "grader.check" not in "".join(cell["source"])]
    return json.dumps(data).encode()
