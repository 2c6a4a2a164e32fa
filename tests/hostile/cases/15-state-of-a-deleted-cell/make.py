"""Execution counts that skip the cells that were deleted."""

import json


def make(notebook: bytes, _student: str) -> bytes:
    """Counts 1, 4, 7, and so on."""
    data = json.loads(notebook)
    count = 1
    for cell in data["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = count
            count += 3
    return json.dumps(data).encode()
