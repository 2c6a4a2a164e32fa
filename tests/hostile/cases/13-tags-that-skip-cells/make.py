"""Every cell says that it must not be run and that its errors are wanted."""

import json


def make(notebook: bytes, _student: str) -> bytes:
    """The tags that runners of notebooks obey."""
    data = json.loads(notebook)
    for cell in data["cells"]:
        cell["metadata"]["tags"] = ["skip-execution", "raises-exception", "remove_cell", "nbval-skip"]
    return json.dumps(data).encode()
