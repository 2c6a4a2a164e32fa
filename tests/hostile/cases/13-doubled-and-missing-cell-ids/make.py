"""The honest notebook with cell ids that no editor would write."""

import json


def make(notebook: bytes, _student: str) -> bytes:
    """The same id twice, none at all, and one with a path in it."""
    data = json.loads(notebook)
    for number, cell in enumerate(data["cells"]):
        cell["id"] = ("same", "../../up", "x" * 300)[number % 3]
        if number % 4 == 0:
            del cell["id"]
    return json.dumps(data).encode()
