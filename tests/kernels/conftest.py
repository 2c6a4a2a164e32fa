"""One warm server for the tests that want kernels, holding what a batch's holds: kernel, libraries, collector."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.kernels import WarmServer, provisioner
from autograder.kernels.warm import KERNEL_MODULES
from kernels.use import MISSING_MODULE, TOKEN


@pytest.fixture(scope="session")
def collector(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("collector") / "collector.py"
    path.write_text("loaded = True\n")
    return path


@pytest.fixture(scope="module")
def server(collector: Path) -> Iterator[WarmServer]:
    """Every warm kernel of the module comes from it. The caller's environment holds a secret all the while."""
    modules = [*KERNEL_MODULES, "numpy", MISSING_MODULE]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_TOKEN", TOKEN)
        with WarmServer(modules, standalone={"_autograder_collector": collector}) as server:
            patch.setattr(provisioner, "_adopted", server)
            yield server
