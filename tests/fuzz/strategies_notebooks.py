"""Notebooks that Jupyter saved, changed at every level, in odd encodings; and cells that are hard to read."""

import json
from typing import Any

from hypothesis import strategies as st

from fuzz.strategies_json import HURTFUL, RANDOM_TREES, changed, written

_PLOT = {
    "output_type": "display_data",
    "data": {"image/png": "aGk=", "text/plain": ["<Figure>", "\n"], "application/vnd.x+json": {"a": [1]}},
    "metadata": {"image/png": {"width": 3}},
}
_RESULT = {
    "output_type": "execute_result",
    "execution_count": 2,
    "data": {"text/html": "<b>"},
    "metadata": {},
}
_OUTPUTS = [
    {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]},
    _PLOT,
    _RESULT,
    {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["t"]},
]


def _code(source: Any, **fields: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
        **fields,
    }


_JUPYTER = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {
            "name": "python",
            "version": "3.11",
            "codemirror_mode": {"name": "ipython", "version": 3},
        },
        "autograder": {"exercise": "11_lstm"},
        "otter": {"tests": {"q1": {"name": "q1", "points": 3}}},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}}},
    },
    "cells": [
        {
            "cell_type": "markdown",
            "id": "a",
            "metadata": {},
            "source": ["# 제목\n", "text"],
            "attachments": {"x": {"image/png": "aGk="}},
        },
        _code(["import numpy as np\n", "x = np.arange(3)"], id="b", outputs=_OUTPUTS, execution_count=1),
        _code(
            'grader.check("q1")',
            id="c",
            execution_count=2,
            metadata={
                "tags": ["skip-execution", "x"],
                "deletable": False,
                "execution": {"iopub.status.busy": "t"},
                "scrolled": "auto",
                "collapsed": True,
                "name": "n",
            },
        ),
        _code('%%time\ngrader.check("q2")', id="c"),
        {"cell_type": "raw", "id": "d", "metadata": {"format": "text/x"}, "source": "raw"},
    ],
}
_COLAB = {
    "nbformat": 4,
    "nbformat_minor": 0,
    "metadata": {"colab": {"provenance": []}, "kernelspec": {"name": "python3", "display_name": "Python 3"}},
    "cells": [
        {
            "cell_type": "code",
            "source": ["open('x.csv')\n"],
            "metadata": {"id": "Zk1_-"},
            "execution_count": 7,
            "outputs": [],
        },
        {"cell_type": "markdown", "source": "", "metadata": {"id": "q" * 65}},
        _code("grader.check(question='q3')\n!pip install x\npd.read_csv('/content/drive/a.csv')"),
    ],
}
_OLD = {
    "nbformat": 3,
    "nbformat_minor": 0,
    "metadata": {"name": "x"},
    "worksheets": [{"cells": [{"cell_type": "code", "input": "1"}]}],
}
NOTEBOOKS: list[Any] = [_JUPYTER, _COLAB, {"nbformat": 4, "cells": [{"cell_type": "code"}]}, _OLD]
_WORDS = (
    *(
        "cells",
        "cell_type",
        "source",
        "metadata",
        "outputs",
        "output_type",
        "id",
        "tags",
        "kernelspec",
        "language",
        "name",
    ),
    *(
        "code",
        "markdown",
        "raw",
        "heading",
        "stream",
        "error",
        "display_data",
        "execute_result",
        "pyout",
        "R",
        "julia",
    ),
    *(
        "data",
        "text",
        "traceback",
        "attachments",
        "execution_count",
        "nbformat",
        "nbformat_minor",
        "worksheets",
        "4",
    ),
    *(
        "application/json",
        "application/x+json",
        "application/json\n",
        "+json",
        "text/plain",
        "widgets",
        "autograder",
        "a",
        "b",
    ),
)
CHANGED_TREES = changed(NOTEBOOKS, words=_WORDS, most=4)


def _encoded(text: str, encoding: str) -> bytes:
    return (
        text.encode(encoding, "surrogatepass")
        if encoding.startswith("utf")
        else text.encode(encoding, "replace")
    )


_ENCODINGS = (
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "cp949",
    "latin-1",
    "utf-7",
)


@st.composite
def changed_notebooks(draw: st.DrawFn) -> bytes:
    """A notebook with a few changes, as the bytes of a file; some with raw surrogates or another encoding."""
    tree = draw(st.one_of(CHANGED_TREES, CHANGED_TREES, CHANGED_TREES, RANDOM_TREES))
    text = written(tree)
    if draw(st.integers(0, 5)) == 0:
        text = draw(st.sampled_from([text + "x", text[:-1], "\ufeff" + text, "\n\n" + text, text * 2]))
    return _encoded(text, draw(st.sampled_from(_ENCODINGS)))


SAVED = [json.dumps(one, ensure_ascii=False, indent=1).encode() for one in NOTEBOOKS]

_PIECES = [
    *(
        'grader.check("q1")',
        "grader.check('q2')",
        "grader . check ( question = 'q3' )",
        "grader.check(",
        "grader",
        ".check",
    ),
    *(
        "%%time\n",
        "%%bash\n",
        "%%",
        "%matplotlib inline\n",
        "!ls\n",
        "x = !ls\n",
        "y?\n",
        "??z",
        "%timeit -n1 \\\n",
        "\\\n",
    ),
    *(
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "'",
        '"',
        "'''",
        "f'{",
        "#",
        ":",
        "\n",
        "\n    ",
        "\t",
        "\x0c",
        "\r",
        "\0",
        "\ufeff",
        " ",
    ),
    *(
        "def f():",
        "class A:",
        "lambda:",
        "if 1:",
        "else:",
        "async ",
        "await ",
        "match x:",
        "case _:",
        "return",
        "*",
        "**",
        "=",
        ":=",
    ),
    *(
        "-" * 300,
        "not " * 300,
        "(" * 150,
        "[" * 90,
        "a." * 500,
        "a" + ".b" * 3000,
        "x=" * 2000,
        "9" * 5000,
        "0x",
        "1_",
        "1__0",
    ),
    *(
        "pd.read_csv('a.csv')",
        "open('x', mode='w')",
        'np.load("../b.npy")',
        "'/home/kim/x'",
        "'C:\\\\a'",
        "open(*a)",
        "open()",
    ),
    *(
        "\ud800",
        "\u202e",
        "가",
        "ﬁ",
        "é",
        "\N{MATHEMATICAL BOLD SMALL A}",
        "\\N{x}",
        "'\\N{x}'",
        "'\\x'",
        "'\\ud800'",
        "b'가'",
    ),
    *(
        "if 1:\n" + " " * 9,
        "".join("\n" + " " * n + "if 1:" for n in range(120)),
        "1 if 1 else " * 400,
        "lambda:" * 200,
    ),
]
SOURCES = st.lists(
    st.one_of(st.sampled_from(_PIECES), st.sampled_from(_PIECES), st.text(max_size=5)), max_size=8
).map("".join)
LONG_SOURCES = st.builds(
    lambda piece, times: (piece * times)[:300_000],
    st.sampled_from(_PIECES),
    st.sampled_from([2, 100, 20_000]),
)
TEXTS = st.one_of(
    st.text(max_size=60), st.sampled_from([one for one in HURTFUL if isinstance(one, str)]), SOURCES
)
