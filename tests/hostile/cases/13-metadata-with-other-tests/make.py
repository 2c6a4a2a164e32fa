"""Embedded tests that pass on anything, and a claimed score."""

import json


def make(notebook: bytes, _student: str) -> bytes:
    """Otter's metadata with other tests, ours with other points."""
    data = json.loads(notebook)
    easy = "OK_FORMAT = False\n"
    easy += "name = 'q1'\npoints = 100\n@test_case(points=100)\ndef test_ok():\n    assert True\n"
    tests = data["metadata"]["otter"]["tests"]
    data["metadata"]["otter"]["tests"] = dict.fromkeys(tests, easy)
    data["metadata"]["autograder"] = {
        "exercise": "01_vectors",
        "score": 100,
        "max_score": 100,
        "status": "graded",
    }
    return json.dumps(data).encode()
