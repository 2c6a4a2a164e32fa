"""The tests on Keras models once more, in a process of their own: a backend is chosen at import."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
AGAIN = ("test_models", "test_compiled", "test_trainable", "test_comparison", "test_metrics", "test_steps")


@pytest.mark.slow
def test_keras_models_are_checked_alike_on_the_torch_backend() -> None:
    pytest.importorskip("torch")
    code = "import sys, pytest, keras; assert keras.config.backend() == 'torch'; sys.exit(pytest.main(sys.argv[1:]))"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            code,
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            *(f"{HERE / name}.py" for name in AGAIN),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=HERE.parents[1],
        env={**os.environ, "KERAS_BACKEND": "torch"},
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
