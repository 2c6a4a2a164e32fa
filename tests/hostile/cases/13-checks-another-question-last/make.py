"""Every check cell asks for the question that is right."""

import json


def make(notebook: bytes, _student: str) -> bytes:
    """q2 is wrong, and its check cell checks q1."""
    data = json.loads(
        notebook.replace(b"def normalize(vector):", b"def normalize(vector):\\n    return [0.6, 0.8]")
    )
    for cell in data["cells"]:
        if "".join(cell["source"]).startswith("grader.check("):
            cell["source"] = 'grader.check("q1")'
    return json.dumps(data).encode()
