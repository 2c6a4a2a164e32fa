"""The blank starter with outputs that claim success."""

import json


def make(notebook: bytes, _student: str) -> bytes:
    """Every code cell has run, in order, and passed."""
    data = json.loads(notebook)
    count = 0
    for cell in data["cells"]:
        if cell["cell_type"] == "code":
            count += 1
            cell["execution_count"] = count
            text = "All tests passed! 15/15 AG-STALE-OUTPUT"
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text}]
    return json.dumps(data).encode()
