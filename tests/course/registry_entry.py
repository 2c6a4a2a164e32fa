"""Entries of the project's own registry, for small courses that use the same weights."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def entry_of(name: str) -> str:
    """What `datasets/registry.toml` says of these weights, as text."""
    lines = (ROOT / "datasets" / "registry.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index(f"[pretrained.{name}]")
    own = f"[[pretrained.{name}.files]]"
    ends = (at for at, line in enumerate(lines) if at > start and line.startswith("[") and line != own)
    return "\n" + "\n".join(lines[start : next(ends, len(lines))]) + "\n"
