"""A Jupyter client that knows nothing of this project: runs a notebook as nbclient or papermill does.

python other_client.py nbclient|papermill NOTEBOOK OUTPUT KERNEL
"""

import sys
from pathlib import Path

import nbformat


def main() -> None:
    """Run the notebook in the folder it lies in."""
    client, notebook, output, kernel = sys.argv[1:]
    folder = Path(notebook).parent
    if client == "papermill":
        import papermill  # type: ignore[import-untyped]

        papermill.execute_notebook(
            notebook, output, parameters={"given": 3}, kernel_name=kernel, cwd=str(folder), progress_bar=False
        )
        return
    from nbclient import NotebookClient

    cells = nbformat.read(notebook, as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(cells, kernel_name=kernel, resources=resources, timeout=60).execute()
    nbformat.write(cells, output)


if __name__ == "__main__":
    main()
