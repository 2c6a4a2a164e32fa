"""What `test_ordinary_user` runs as an ordinary user: says what it finds as JSON, on the last line."""

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from autograder.errors import HarnessError
from autograder.kernels import Level, WarmServer, conformance, provisioner
from autograder.kernels.warm import KERNEL_MODULES
from kernels.use import started

LEVELS: tuple[Level, ...] = ("namespaces", "landlock")


def suite(level: Level) -> dict[str, str | None]:
    """What the conformance suite finds."""
    try:
        return conformance.run_suite(level)
    except HarnessError as error:
        return {"can be had": str(error)}


def session(level: Level) -> dict[str, str]:
    """A kernel's life."""
    collector = Path("collector.py")
    collector.write_text("loaded = True\n")
    with WarmServer(KERNEL_MODULES, standalone={"_autograder_collector": collector.absolute()}) as server:
        provisioner.adopt_server(server)
        read = f"try: open({str(collector.absolute())!r})\nexcept OSError: print('refused')"
        thread = "import threading; t = threading.Thread(target=print, args='x'); t.start(); t.join()"
        with started(("warm", level), collector) as kernel:
            kernel.session.put_file("data.csv", b"1,2")
            return {
                "reads its data": kernel.run("print(open('data.csv').read())"),
                "user": kernel.run("import os; print(os.getuid())"),
                "writes": kernel.run("print(open('new.txt', 'w').write('x'))"),
                "threads": kernel.run(thread),
                "reads outside": kernel.run(read),
                "in the folder": ",".join(sorted(path.name for path in kernel.session.home.iterdir())),
            }


def grading(level: Level) -> dict[str, Any]:
    """One submission of the small course, graded."""
    from mini import MiniCourse

    mini = MiniCourse.copy(Path.cwd() / "mini")
    report = mini.grade(mini.hand_in(Path.cwd() / "class", ada={}), jobs=1, sandbox=level)
    card = mini.card("ada")
    assert card.environment is not None, report
    return {
        "score": card.score,
        "max": card.max_score,
        "isolation": card.environment.isolation,
        "report": repr(report),
    }


if __name__ == "__main__":
    task = {"suite": suite, "session": session, "grading": grading}[sys.argv[1]]
    level = next(level for level in LEVELS if level == sys.argv[2])
    with contextlib.redirect_stdout(sys.stderr):
        found = task(level)
    print(json.dumps({"user": os.getuid(), "found": found}))
