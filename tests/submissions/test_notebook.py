import json
from collections.abc import Callable
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.errors import SubmissionError
from autograder.submissions import clean_copy, read_notebook
from autograder.submissions import notebook as module

Make = Callable[..., Any]


def refusal(content: bytes) -> str:
    with pytest.raises(SubmissionError) as caught:
        read_notebook(content)
    message = str(caught.value)
    assert message.isprintable()
    return message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"hello", "is not JSON (line 1"),
        (b'{"cells": [', "is not JSON"),
        ('{"cells": []}'.encode("utf-16"), "is not UTF-8"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"[]", "is not a notebook"),
        (b"3", "is not a notebook"),
        (b'{"a": 1}', "is not a notebook"),
        (b'{"cells": []}', "has notebook format none"),
        (b'{"nbformat": 5, "cells": []}', "has notebook format 5"),
        (b'{"nbformat": 3, "worksheets": []}', "open it in Jupyter and save it again"),
        (b'{"nbformat": 4, "worksheets": []}', "old format 3"),
        (b'{"nbformat": 4}', "has no list of cells"),
        (b'{"nbformat": 4, "cells": {}}', "has no list of cells"),
        (b'{"nbformat": 4, "cells": []}', "has no code cells"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "x"}]}', "has no code cells"),
        (b'{"nbformat": 4, "cells": [1]}', "is broken at cell 1"),
        (b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": 1}]}', "has no text in cell 1"),
        (b"[" * 100_000, "is nested"),
        (b'{"nbformat": 4, "cells": ' + b"[" * 300 + b"]" * 300 + b"}", "is nested"),
        (b'{"nbformat": ' + b"9" * 5000 + b"}", "digits"),
    ],
)
def test_what_is_no_gradeable_notebook_gets_a_clear_line(content: bytes, words: str) -> None:
    assert words in refusal(content)


@pytest.mark.parametrize(
    "metadata",
    [
        {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}},
        {"kernelspec": {"language": "julia"}},
        {"language_info": {"name": "R"}},
        {"kernelspec": {"name": "x", "display_name": "x"}, "language_info": {"name": "javascript\n"}},
    ],
)
def test_another_language_is_named(notebook: Make, metadata: dict[str, Any]) -> None:
    assert "not Python" in refusal(notebook(metadata=metadata))


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        {},
        {"kernelspec": {"name": "tf-gpu", "display_name": "my env"}},
        {"kernelspec": 3, "language_info": []},
        {
            "kernelspec": {"name": "ir", "display_name": "R", "language": "R"},
            "language_info": {"name": "python"},
        },
    ],
)
def test_a_python_notebook_is_one_whatever_its_kernel_is_called(notebook: Make, metadata: Any) -> None:
    nbformat.validate(read_notebook(notebook(metadata=metadata)))


def test_a_file_over_the_cap_is_refused_unread() -> None:
    assert "larger than 200 MB" in refusal(bytes(module.MAX_NOTEBOOK_BYTES + 1))


def test_a_file_of_too_many_values_is_refused_before_it_is_parsed() -> None:
    assert "values" in refusal(b'{"nbformat": 4, "cells": [' + b"{}," * 2_000_001 + b"{}]}")


def test_large_outputs_full_of_commas_are_not_many_values(notebook: Make, code: Make) -> None:
    cell = code("x")
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": '[1, 2, "\\", {' * 500_000}]
    assert len(read_notebook(notebook(cell)).cells[0].outputs[0].text) == 6_500_000


def test_too_many_cells_are_refused(notebook: Make, code: Make) -> None:
    assert "more than 10,000 cells" in refusal(notebook(*[code("")] * 10_001))


def test_more_code_than_can_be_looked_through_in_time_is_refused(notebook: Make, code: Make) -> None:
    cells = [code("a.b\n" * 50_000) for _ in range(6)]
    assert "1,200,000 characters of code" in refusal(notebook(*cells))
    read_notebook(notebook(*cells[:5]))


def test_a_byte_order_mark_does_no_harm(notebook: Make) -> None:
    assert read_notebook(b"\xef\xbb\xbf" + notebook()).cells[0].source == "x=1"


def test_lone_surrogates_and_nul_do_not_stop_the_notebook_from_being_written(
    notebook: Make, code: Make
) -> None:
    read = read_notebook(notebook(code("a = '\ud800\0'")))
    assert read.cells[0].source == "a = '\ufffd\0'"
    nbformat.writes(read).encode()


def test_missing_keys_and_lists_are_repaired(notebook: Make) -> None:
    cells = [
        {"cell_type": "code", "source": ["a = 1\n", "b = 2"]},
        {"cell_type": "markdown", "source": "text", "metadata": 3},
        {"cell_type": "heading", "source": "old"},
        {"cell_type": ["odd"]},
    ]
    read = read_notebook(notebook(*cells, nbformat_minor=2))
    nbformat.validate(read)
    assert read.nbformat_minor == 5
    assert read.cells[0].source == "a = 1\nb = 2"
    assert [cell.cell_type for cell in read.cells] == ["code", "markdown", "raw", "raw"]


def test_ids_are_repaired_in_the_same_way_every_time(notebook: Make, code: Make) -> None:
    cells = [
        code("a"),
        code("b", cell_id="q"),
        code("c", cell_id="q"),
        code("d", cell_id="no good"),
        code("e", cell_id="cell-1"),
    ]
    ids = [cell.id for cell in read_notebook(notebook(*cells)).cells]
    assert ids == ["cell-1-2", "q", "cell-3", "cell-4", "cell-1"]
    assert ids == [cell.id for cell in read_notebook(notebook(*cells)).cells]


def test_the_id_that_colab_keeps_in_the_metadata_is_found_again(notebook: Make, code: Make) -> None:
    cell = code("a") | {"metadata": {"id": "AbC_1"}}
    assert read_notebook(notebook(cell)).cells[0].id == "AbC_1"


def test_outputs_are_kept_where_they_are_well_formed(notebook: Make, code: Make) -> None:
    good = {"output_type": "stream", "name": "stdout", "text": ["a\n", "b"]}
    odd = {"output_type": "execute_result", "data": {"text/plain": 3, "application/json": {"a": 1}}}
    bad = [3, {"output_type": "laser"}, {}]
    read = read_notebook(notebook(code("x") | {"outputs": [good, odd, *bad]}))
    nbformat.validate(read)
    assert [output.output_type for output in read.cells[0].outputs] == ["stream", "execute_result"]
    assert read.cells[0].outputs[0].text == "a\nb"
    assert read.cells[0].outputs[1].data == {"application/json": {"a": 1}}


def test_tags_of_a_wrong_type_cannot_break_the_runner(notebook: Make, code: Make) -> None:
    cells = [code("x") | {"metadata": {"tags": tags}} for tags in (5, [1, "a", "a"], "abc")]
    read = read_notebook(notebook(*cells))
    assert [cell.metadata.get("tags") for cell in read.cells] == [None, ["a"], None]


def test_metadata_that_the_format_forbids_is_dropped(notebook: Make, code: Make) -> None:
    odd = {"tags": ["", "a,b", "ok"], "name": "", "scrolled": 3, "execution": {"shell.execute_reply": None}}
    outputs = [
        {"output_type": "display_data", "metadata": {}, "data": {"x+json": {}, "application/x+json": {}}}
    ]
    language = {"name": "python", "codemirror_mode": None, "mimetype": 5, "version": "3.11"}
    cell = code("x") | {"metadata": odd, "outputs": outputs}
    read = read_notebook(notebook(cell, metadata={"language_info": language}))
    nbformat.validate(read)
    assert read.cells[0].metadata == {"tags": ["ok"], "execution": {}}
    assert read.cells[0].outputs[0].data == {"application/x+json": {}}
    assert read.metadata.language_info == {"name": "python", "version": "3.11"}


def test_a_clean_copy_holds_nothing_from_an_earlier_run(notebook: Make, code: Make) -> None:
    cell = code("x", count=7) | {
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "full marks"}],
        "metadata": {"tags": ["skip-execution", "raises-exception", "otter_ignore"]},
    }
    metadata = {"widgets": {"state": 1}, "otter": {"tests": {"q1": 1}}, "kernelspec": {"name": "evil"}}
    read = read_notebook(notebook(cell, metadata=metadata))
    clean = clean_copy(read)
    nbformat.validate(clean)
    assert clean.cells[0].outputs == []
    assert clean.cells[0].execution_count is None
    assert clean.cells[0].metadata.tags == ["otter_ignore"]
    assert clean.metadata.otter.tests.q1 == 1
    assert clean.metadata.kernelspec.name == "python3"
    assert "widgets" not in clean.metadata
    assert read.cells[0].outputs[0].text == "full marks"
    assert read.cells[0].execution_count == 7


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
outputs = st.fixed_dictionaries(
    {}, optional={
        "output_type": st.sampled_from(["stream", "display_data", "execute_result", "error"]) | json_values,
        "data": st.dictionaries(st.sampled_from(["text/plain", "application/json", "a/b+json"]), json_values),
        "metadata": json_values, "text": json_values, "traceback": json_values, "ename": json_values,
        "name": json_values, "execution_count": json_values,
    },
)  # fmt: skip
cells = st.fixed_dictionaries(
    {}, optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | json_values,
        "source": st.text() | st.lists(st.text()) | json_values,
        "id": st.text(max_size=3) | json_values,
        "metadata": st.dictionaries(st.sampled_from(["tags", "jupyter", "id"]), json_values) | json_values,
        "outputs": st.lists(outputs, max_size=3) | json_values,
        "execution_count": json_values, "attachments": json_values,
    },
)  # fmt: skip
notebooks = st.fixed_dictionaries(
    {"nbformat": st.just(4), "cells": st.lists(cells, max_size=4)},
    optional={
        "metadata": st.dictionaries(st.sampled_from(["kernelspec", "language_info", "a"]), json_values),
    },
)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200) | (json_values | notebooks).map(lambda data: json.dumps(data).encode()))
def test_whatever_comes_is_a_notebook_that_can_be_cleaned_and_written_or_a_clear_refusal(
    content: bytes,
) -> None:
    try:
        read = read_notebook(content)
    except SubmissionError:
        return
    nbformat.writes(clean_copy(read)).encode()
    nbformat.writes(read).encode()
    assert len({cell.id for cell in read.cells}) == len(read.cells)
