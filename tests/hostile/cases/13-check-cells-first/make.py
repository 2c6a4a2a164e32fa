"""The honest notebook with every check cell before the first answer."""

import json


def make(notebook: bytes, _student: str) -> bytes:
    """Set-up first, then all checks, then the answers."""
    data = json.loads(notebook)
    checks = [cell for cell in data["cells"] if "grader.check(" in "".join(cell["source"])[:14]]
    others = [cell for cell in data["cells"] if cell not in checks]
    data["cells"] = [*others[:2], *checks, *others[2:]]
    return json.dumps(data).encode()
