"""The honest notebook under two hundred megabytes of old output."""

import json


def make(notebook: bytes, _student: str) -> bytes:
    """One output of 200 MB."""
    data = json.loads(notebook)
    data["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "@@@"}]
    return json.dumps(data).encode().replace(b"@@@", b"x" * 200_000_000)
