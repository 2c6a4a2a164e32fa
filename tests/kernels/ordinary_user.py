"""Runs a script as a user who is nobody special, where the tests themselves run as root.

    python ordinary_user.py USER HOME SCRIPT [ARGUMENT ...]

The interpreter may lie where only root can go, as below /root: in a mount namespace of this process's own, each
folder that is closed to others is covered by an empty open one, in which only what the script needs is shown.
"""

import os
import stat
import subprocess
import sys
from pathlib import Path

from autograder.kernels import syscalls

USER = 12345
PROJECT = Path(__file__).resolve().parents[2]


def run_as_ordinary_user(
    script: Path, *arguments: str, home: Path, timeout_s: float
) -> subprocess.CompletedProcess[str]:
    """Run `script` as USER with `home`, which becomes that user's, for everything it writes; its output as text."""
    command = [sys.executable, "-P", __file__, str(USER), str(home), str(script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout_s, check=False)


def _needed() -> list[Path]:
    """Where the interpreter, the libraries, the package and the tests lie."""
    interpreter = Path(sys.executable).resolve().parents[1]
    folders = map(Path, (sys.prefix, sys.base_prefix, sys.exec_prefix))
    return list(dict.fromkeys([*folders, interpreter, PROJECT]))


def _closed_folder_above(path: Path) -> Path | None:
    """The outermost folder on the way to `path` that others may not enter."""
    for folder in reversed([path, *path.parents]):
        if not folder.stat().st_mode & stat.S_IXOTH:
            return folder
    return None


def _open_the_way(paths: list[Path]) -> None:
    """Show each of `paths` where it was, in open folders; all else in the closed ones is covered."""
    syscalls.unshare(syscalls.CLONE_NEWNS)
    syscalls.mount("", "/", flags=syscalls.MS_REC | syscalls.MS_PRIVATE)
    closed = {path: top for path in paths if (top := _closed_folder_above(path)) is not None}
    if closed.keys() & set(closed.values()):
        sys.exit(f"{closed} are themselves closed to other users")
    held = {path: os.open(path, os.O_PATH) for path in closed}
    for top in set(closed.values()):
        syscalls.mount("none", str(top), "tmpfs", 0, "mode=755")
    for path, fd in held.items():
        if not path.exists():  # else shown with a folder above it
            path.mkdir(parents=True)
            syscalls.bind(f"/proc/self/fd/{fd}", str(path))
        os.close(fd)


def main() -> None:
    """Become the user and run the script."""
    user, home, script, *arguments = sys.argv[1:]
    _open_the_way(_needed())
    os.umask(0o022)
    os.chown(home, int(user), int(user))
    os.setgroups([])
    os.setresgid(int(user), int(user), int(user))
    os.setresuid(int(user), int(user), int(user))
    places = {"HOME": home, "TMPDIR": home, "AUTOGRADER_CACHE": f"{home}/cache"}
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **places}
    environment["PYTHONPATH"] = f"{PROJECT}:{PROJECT / 'tests'}"
    os.chdir(home)
    os.execve(sys.executable, [sys.executable, "-P", script, *arguments], environment)


if __name__ == "__main__":
    main()
