"""The honest notebook under another language's name."""

import json


def make(notebook: bytes, _student: str) -> bytes:
    """A kernel spec and language of R."""
    data = json.loads(notebook)
    data["metadata"]["kernelspec"] = {"name": "ir", "language": "R", "display_name": "R"}
    data["metadata"]["language_info"] = {"name": "R"}
    return json.dumps(data).encode()
