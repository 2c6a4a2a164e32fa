"""A zip bomb with a notebook's name on it."""

import io
import zipfile


def make(_notebook: bytes, student: str) -> bytes:
    """500 MB of nothing in some 500 kB."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(f"{student}/01_vectors/hw.ipynb", "w") as member,
    ):
        for _ in range(500):
            member.write(bytes(1_000_000))
    return target.getvalue()
