"""Uses each loaded library once, before the first fork.

Libraries put off much of their work to its first use: further imports, fonts, caches of types. Done once in the
server it is in the memory of every child. Nothing depends on it, so what fails here is left to that first use.
"""

import contextlib
import io
import sys
from collections.abc import Callable


def rehearse() -> None:
    """Go through the small uses of those libraries that are imported; starts no thread and draws no random number."""
    for modules, use in _USES:
        if all(name in sys.modules for name in modules):
            with contextlib.suppress(Exception):
                use()


def _pandas() -> None:
    import pandas as pd

    table = pd.read_csv(io.StringIO("month,count\n1949-01,112\n1949-02,118\n1949-03,132\n"))
    table = table.set_index(pd.to_datetime(table["month"])).drop(columns="month")
    table["before"] = table["count"].shift(1)
    str(table.dropna().describe())
    table.head().to_html()


def _sklearn() -> None:
    import pandas as pd
    from sklearn import preprocessing

    preprocessing.MinMaxScaler().fit_transform(pd.DataFrame({"count": [112.0, 118.0, 132.0]}))


def _matplotlib() -> None:
    from matplotlib.figure import Figure

    figure = Figure()
    axes = figure.subplots()
    axes.plot([1, 3, 2], label="train")
    axes.set_title("loss")
    axes.legend()
    figure.savefig(io.BytesIO(), format="png")


def _rich() -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="[bold]model[/bold]")
    table.add_row("dense", ":memo:")
    Console(file=io.StringIO()).print(table)


def _tensorflow() -> None:
    from tensorflow.python.framework import kernels

    kernels.get_registered_kernels_for_op("MatMul")  # reads the registry of all kernels, opens no device


_USES: tuple[tuple[tuple[str, ...], Callable[[], None]], ...] = (
    (("pandas",), _pandas),
    (("pandas", "sklearn.preprocessing"), _sklearn),
    (("matplotlib.pyplot",), _matplotlib),
    (("rich.table",), _rich),
    (("tensorflow",), _tensorflow),
)
