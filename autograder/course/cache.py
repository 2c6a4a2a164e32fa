"""Where everything that can be made again is kept: built exercises, reference evidence."""

import os
from pathlib import Path


def cache_root() -> Path:
    """`$AUTOGRADER_CACHE`, else `autograder` in the user's cache folder; not created here."""
    named = os.environ.get("AUTOGRADER_CACHE")
    if named:
        return Path(named).expanduser().absolute()
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "autograder"
