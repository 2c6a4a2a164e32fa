"""Any Jupyter client can have a confined kernel: a kernel spec that names the provisioner is all it takes."""

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder.kernels.levels import strongest_level
from kernels.use import PATIENCE_S, processes_with, wait_until

CLIENT = Path(__file__).with_name("other_client.py")
KERNEL = "confined"

CELLS = (
    "given = 1",
    "print(open('data.csv').read())",
    "open('made.txt', 'w').write('made'); print(given)",
    "import socket\n"
    "try: socket.create_connection(('127.0.0.1', {port}), timeout=5); print('connected')\n"
    "except OSError: print('refused')",
    "try: print(open({secret!r}).read())\nexcept OSError: print('refused')",
    "import os, subprocess, sys\n"
    "process = subprocess.Popen(\n"
    "    [sys.executable, '-c', 'import time; time.sleep(600)', {mark!r}],\n"
    "    start_new_session=True, stdout=-3, stderr=-3)\n"
    "print('started')",
    "print([name for name in sys.modules if name.startswith('autograder')])",
)


@dataclass
class Client:
    """A folder with a notebook, and the environment in which other clients find the kernel spec."""

    folder: Path
    tmp: Path
    mark: str
    environment: dict[str, str]

    def run(self, client: str, kernel: str = KERNEL) -> list[str]:
        """What each cell of the notebook printed."""
        output = self.folder / "output.ipynb"
        command = [
            sys.executable,
            "-P",
            str(CLIENT),
            client,
            str(self.folder / "in.ipynb"),
            str(output),
            kernel,
        ]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=2 * PATIENCE_S, check=False
        )
        assert done.returncode == 0, done.stderr
        cells = nbformat.read(output, as_version=4).cells
        return [
            "".join(out.get("text", out.get("evalue", "")) for out in cell.outputs).strip() for cell in cells
        ]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    if strongest_level() == "none":
        pytest.skip("no level holds on this machine")
    folder, specs, elsewhere, tmp = (tmp_path / name for name in ("class", "jupyter", "elsewhere", "t"))
    for path in (folder, elsewhere, tmp):
        path.mkdir()
    (folder / "data.csv").write_text("1,2")
    (elsewhere / "secret.txt").write_text("hunter2")
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Confined", "language": "python"}
    _write_spec(specs / "kernels" / "plain", spec)
    provisioner = {"kernel_provisioner": {"provisioner_name": "autograder-warm"}}
    _write_spec(specs / "kernels" / KERNEL, {**spec, "metadata": provisioner})
    mark = f"ag-client-{os.getpid()}-{tmp_path.name}"
    with socket.create_server(("127.0.0.1", 0)) as listener:
        facts = {"port": listener.getsockname()[1], "secret": str(elsewhere / "secret.txt"), "mark": mark}
        cells = [nbformat.v4.new_code_cell(source.format(**facts)) for source in CELLS]
        cells[0].metadata["tags"] = ["parameters"]
        metadata = {"kernelspec": {"name": KERNEL, "display_name": KERNEL, "language": "python"}}
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), folder / "in.ipynb")
        places = {"JUPYTER_PATH": specs, "JUPYTER_RUNTIME_DIR": tmp_path / "runtime", "TMPDIR": tmp}
        yield Client(folder, tmp, mark, {**os.environ, **{name: str(path) for name, path in places.items()}})
    for pid in processes_with(mark):
        os.kill(pid, signal.SIGKILL)


def _write_spec(folder: Path, spec: Mapping[str, object]) -> None:
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text(json.dumps(spec))


def expect_confinement(client: Client, printed: list[str], *, given: int) -> None:
    """It worked in the notebook's folder, reached nothing else, and left nothing running."""
    expected = ["", "1,2", str(given), "refused", "refused", "started", "[]"]
    assert [text for text in printed if text] == [text for text in expected if text]
    assert (client.folder / "made.txt").read_text() == "made"
    assert wait_until(lambda: processes_with(client.mark) == [])
    # The warm server has its own folder on its command line.
    assert wait_until(lambda: processes_with(str(client.tmp)) == [])
    assert list(client.tmp.iterdir()) == []


def test_nbclient_runs_a_notebook_confined_without_knowing(client: Client) -> None:
    expect_confinement(client, client.run("nbclient"), given=1)


@pytest.mark.skipif(importlib.util.find_spec("papermill") is None, reason="papermill is not installed")
def test_papermill_runs_a_notebook_confined_without_knowing(client: Client) -> None:
    expect_confinement(client, client.run("papermill"), given=3)


def test_it_can_be_the_default_for_every_kernel_spec(client: Client) -> None:
    client.environment["JUPYTER_DEFAULT_PROVISIONER_NAME"] = "autograder-warm"
    expect_confinement(client, client.run("nbclient", "plain"), given=1)


def test_without_it_the_same_notebook_is_not_confined(client: Client) -> None:
    printed = client.run("nbclient", "plain")
    assert "connected" in printed
    assert "hunter2" in printed
    assert processes_with(client.mark) != []
