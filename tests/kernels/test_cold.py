"""The cold kernel: behind jupyter_client's provisioner seam, and what its session promises."""

import asyncio
from importlib.metadata import entry_points
from pathlib import Path

import nbformat
import psutil
import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from autograder.errors import HarnessError
from autograder.kernels import KernelSession, KernelSettings

GIGABYTE = 10**9


def settings(
    folder: Path, *, preload: tuple[str, ...] = (), memory: int = GIGABYTE, seed: int = 0
) -> KernelSettings:
    collector = folder.parent / "collector.py"
    collector.write_text("loaded = True\n")
    return KernelSettings(
        work=folder, collector=collector, preload=preload, seed=seed, max_memory_bytes=memory
    )


@pytest.fixture
def work(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


def use(kernel: KernelSettings, *cells: str) -> tuple[list[str], KernelSession]:
    """Run cells in a fresh kernel; what each printed, and the session, closed."""

    async def run() -> tuple[list[str], KernelSession]:
        session = await KernelSession.start(kernel)
        try:
            return [await printed(session, cell) for cell in cells], session
        finally:
            await session.close()

    return asyncio.run(run())


async def printed(session: KernelSession, source: str) -> str:
    texts: list[str] = []

    def note(message: dict[str, dict[str, str]]) -> None:
        texts.append(message["content"].get("text", "") or message["content"].get("evalue", ""))

    await session.client.execute_interactive(source, output_hook=note, timeout=60)
    return "".join(texts)


def test_the_provisioner_is_registered() -> None:
    names = {entry.name for entry in entry_points(group="jupyter_client.kernel_provisioners")}
    assert "autograder-cold" in names


def test_nbclient_runs_a_notebook_in_it_through_the_kernel_manager(work: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("6 * 7")])

    async def run() -> None:
        session = await KernelSession.start(settings(work))
        assert isinstance(session.manager, AsyncKernelManager)
        client = NotebookClient(notebook, km=session.manager)
        client.kc = session.client
        await client.async_execute_cell(notebook.cells[0], 0)
        await session.close()

    asyncio.run(run())
    assert notebook.cells[0].outputs[0].data["text/plain"] == "42"


def test_it_starts_in_its_work_folder_with_a_clean_environment(
    work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    (folder, environment), _ = use(settings(work), "import os; print(os.getcwd())", "print(dict(os.environ))")
    assert folder.strip() == str(work)
    assert "hunter2" not in environment
    assert "AUTOGRADER_KERNEL" not in environment


def test_its_own_modules_are_found_last(work: Path) -> None:
    (work / "helper.py").write_text("value = 5")
    (work / "json.py").write_text("raise SystemExit('shadowed')")
    (output,), _ = use(settings(work), "import helper, json; print(helper.value, json.dumps([1]))")
    assert output.strip() == "5 [1]"


def test_the_same_seed_gives_the_same_numbers(work: Path) -> None:
    source = "import random, numpy; print(random.random(), numpy.random.rand())"
    first, _ = use(settings(work, preload=("numpy",), seed=4), source)
    again, _ = use(settings(work, preload=("numpy",), seed=4), source)
    other, _ = use(settings(work, preload=("numpy",), seed=5), source)
    assert first == again
    assert first != other


def test_the_collector_is_there_before_the_first_cell(work: Path) -> None:
    (output,), _ = use(settings(work), "import sys; print(sys.modules['_autograder_collector'].loaded)")
    assert output.strip() == "True"


def test_a_module_that_is_not_installed_is_left_to_the_student(work: Path) -> None:
    (output,), _ = use(settings(work, preload=("no_such_module",)), "print('up')")
    assert output.strip() == "up"


def test_over_its_memory_it_is_killed_and_says_so(work: Path) -> None:
    async def run() -> KernelSession:
        session = await KernelSession.start(settings(work, memory=300_000_000))
        session.client.execute("hog = bytearray(600_000_000)\nimport time; time.sleep(60)")
        async with asyncio.timeout(30):
            while await session.is_alive():
                await asyncio.sleep(0.1)
        await session.close()
        return session

    session = asyncio.run(run())
    assert session.is_over_memory


def test_closing_ends_the_kernel_and_its_children(work: Path) -> None:
    source = (
        "import os, subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(os.getpid(), child.pid)"
    )
    (output,), session = use(settings(work), source)
    pids = [int(pid) for pid in output.split()]
    _gone, alive = psutil.wait_procs(
        [psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)], timeout=5
    )
    assert not alive
    assert not asyncio.run(session.is_alive())


def test_a_kernel_that_cannot_start_is_our_fault(work: Path) -> None:
    broken = settings(work)
    broken.collector.write_text("raise RuntimeError('collector is broken')")
    with pytest.raises(HarnessError, match="collector is broken"):
        use(broken)


def test_nothing_is_left_in_the_temporary_folder(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    folder = tmp_path / "t"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    use(settings(work), "1")
    assert list(folder.iterdir()) == []
