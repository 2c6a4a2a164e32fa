"""An honest notebook in a zip full of names that lead elsewhere."""

import io
import zipfile


def make(notebook: bytes, student: str) -> bytes:
    """Traversal, absolute names, a link to /etc/passwd, and names that differ by their case."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{student}/01_vectors/hw.ipynb", notebook)
        for name in ("../../ag-hostile-up.txt", "/tmp/ag-hostile-absolute.txt", "..\\ag-hostile-back.txt"):
            archive.writestr(name, "out")
        link = zipfile.ZipInfo(f"{student}/01_vectors/data.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr(f"{student}/01_vectors/HW.IPYNB.bak", "x")
    return target.getvalue()
