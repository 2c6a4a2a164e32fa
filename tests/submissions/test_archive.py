import io
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.course import Course
from autograder.errors import AutograderError, HarnessError, SubmissionError, UsageError
from autograder.submissions import Found, Submission, archive, find_submissions, sources
from autograder.submissions.archive import Archive, ZipMember

Make = Callable[..., Any]
Put = Callable[[str, bytes], Path]


def find_one(found: Found, student: str) -> Submission:
    (submission,) = [one for one in found.submissions if one.student == student]
    return submission


def with_member(content: bytes, info: zipfile.ZipInfo, more: bytes) -> bytes:
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(info, more)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "../bad.ipynb",
        "a/../../bad.ipynb",
        "/etc/bad.ipynb",
        "C:/x/bad.ipynb",
        "..\\..\\bad.ipynb",
        "C:\\bad.ipynb",
    ],
)
def test_a_name_that_leads_outside_is_that_member_s_problem_alone(
    put: Put, notebook: Make, zipped: Make, course: Course, name: str
) -> None:
    path = put("class.zip", zipped({name: notebook(), "kim.ipynb": notebook(exercise="11_lstm")}))
    found = find_submissions([path], course)
    assert "leads out of the zip" in (find_one(found, "bad").problem or "")
    assert find_one(found, "kim").problem is None
    assert len(found.submissions) == 2


def test_a_hostile_member_cannot_spoil_another_submission(
    put: Put, notebook: Make, zipped: Make, course: Course
) -> None:
    good = notebook(exercise="11_lstm")
    files = {"../kim.ipynb": notebook(), "class/kim.ipynb": good, "class/lee.ipynb": good}
    found = find_submissions([put("class.zip", zipped(files))], course)
    assert [(one.student, one.problem) for one in found.submissions] == [("kim", None), ("lee", None)]
    assert "leads out of the zip" in found.ignored[0]


def test_links_and_devices_in_a_zip_are_not_opened(
    put: Put, notebook: Make, zipped: Make, course: Course
) -> None:
    content = zipped({"lee.ipynb": notebook(exercise="11_lstm")})
    for name, kind in [("link.ipynb", stat.S_IFLNK), ("pipe.ipynb", stat.S_IFIFO)]:
        info = zipfile.ZipInfo(name)
        info.external_attr = (kind | 0o644) << 16
        content = with_member(content, info, b"lee.ipynb")
    found = find_submissions([put("c.zip", content)], course)
    assert "is a link" in (find_one(found, "link").problem or "")
    assert "not an ordinary file" in (find_one(found, "pipe").problem or "")
    assert find_one(found, "lee").problem is None


def test_a_password_is_named(put: Put, notebook: Make, zipped: Make, course: Course) -> None:
    content = bytearray(zipped({"kim.ipynb": notebook()}))
    for signature, flags_at in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)]:
        content[content.index(signature) + flags_at] |= 1
    found = find_submissions([put("c.zip", bytes(content))], course)
    assert "password" in (find_one(found, "kim").problem or "")


def test_methods_that_unpack_without_bound_are_refused(put: Put, notebook: Make, course: Course) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as opened:
        opened.writestr("kim.ipynb", notebook())
    found = find_submissions([put("c.zip", buffer.getvalue())], course)
    assert "method 14" in (find_one(found, "kim").problem or "")


def test_a_damaged_member_leaves_the_rest_gradeable(put: Put, notebook: Make, course: Course) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        opened.writestr("kim.ipynb", notebook(exercise="11_lstm") + b" " * 50)
        opened.writestr("lee.ipynb", notebook(exercise="11_lstm"))
    content = buffer.getvalue().replace(b" " * 50, b"!" * 50, 1)
    found = find_submissions([put("c.zip", content)], course)
    assert "is damaged inside the zip" in (find_one(found, "kim").problem or "")
    assert find_one(found, "lee").problem is None


def test_a_zip_bomb_is_stopped_by_its_ratio(put: Put, notebook: Make, zipped: Make, course: Course) -> None:
    files = {"bomb.ipynb": b" " * (40 * 2**20), "kim.ipynb": notebook(exercise="11_lstm")}
    found = find_submissions([put("c.zip", zipped(files))], course)
    assert "zip bomb" in (find_one(found, "bomb").problem or "")
    assert find_one(found, "kim").problem is None


def test_a_size_that_the_header_understates_is_not_believed(put: Put, zipped: Make) -> None:
    content = bytearray(zipped({"bomb.ipynb": b" " * 2**20}))
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    with Archive(put("c.zip", bytes(content))) as opened:
        ((member, _),) = opened.members()
        with pytest.raises(SubmissionError, match="damaged"):
            opened.read(member)


def test_memory_is_taken_for_what_a_member_holds_and_not_for_what_it_might(put: Put, notebook: Make) -> None:
    source = sources.DiskFile(put("kim.ipynb", notebook()))
    tracemalloc.start()
    try:
        source.read()
        assert tracemalloc.get_traced_memory()[1] < 2**22
    finally:
        tracemalloc.stop()


def test_a_member_over_the_cap_is_refused(
    put: Put, zipped: Make, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_NOTEBOOK_BYTES", 2**20)
    path = put("c.zip", zipped({"kim.ipynb": bytes(2**20 + 1)}))
    assert "larger than 1 MB" in (find_one(find_submissions([path], course), "kim").problem or "")


def test_past_the_sum_of_all_members_it_is_our_fault_and_not_the_student_s(
    put: Put, notebook: Make, zipped: Make, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 10)
    path = put("c.zip", zipped({f"{name}.ipynb": notebook(exercise="11_lstm") for name in ("kim", "lee")}))
    found = find_submissions([path], course)
    assert find_one(found, "kim").problem is None
    assert find_one(found, "lee").problem is None
    assert "unpack the zip" in (find_one(found, "lee").harness_problem or "")


def test_too_many_members_are_refused(put: Put, zipped: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 1)
    with pytest.raises(UsageError, match="holds more than 1 files"):
        Archive(put("c.zip", zipped({"a": b"", "b": b""})))


@pytest.mark.parametrize("content", [b"", b"PK", b"hello" * 100])
def test_a_file_that_is_no_zip_is_a_usage_error(put: Put, course: Course, content: bytes) -> None:
    with pytest.raises(UsageError, match=r"c\.zip: is not a zip"):
        find_submissions([put("c.zip", content)], course)


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_korean_names_are_read_whoever_made_the_zip(
    put: Put, notebook: Make, zipped: Make, course: Course, encoding: str
) -> None:
    name = "김민수.ipynb".encode(encoding)
    content = zipped({"x" * len(name): notebook(exercise="11_lstm")}).replace(b"x" * len(name), name)
    (submission,) = find_submissions([put("c.zip", content)], course).submissions
    assert submission.student == "김민수"
    assert submission.source.endswith("c.zip!김민수.ipynb")
    assert submission.read() == notebook(exercise="11_lstm")


def test_what_macs_and_editors_add_is_left_out_and_listed(
    put: Put, notebook: Make, zipped: Make, course: Course
) -> None:
    files = {
        "class/kim/hw.ipynb": notebook(exercise="11_lstm"),
        "class/kim/.ipynb_checkpoints/hw-checkpoint.ipynb": notebook(),
        "class/kim/notes.txt": b"",
        "class/lee/hw.ipynb": notebook(exercise="11_lstm"),
        "__MACOSX/class/kim/._hw.ipynb": b"",
        "__MACOSX/class/lee/._hw.ipynb": b"",
    }
    found = find_submissions([put("class.zip", zipped(files))], course)
    assert [(one.student, one.problem) for one in found.submissions] == [("kim", None), ("lee", None)]
    endings = [line.split("!")[1] for line in found.ignored]
    assert endings == [
        "class/kim/.ipynb_checkpoints: hidden",
        "class/kim/notes.txt: not a notebook",
        "__MACOSX: hidden",
    ]


def test_a_zip_in_a_zip_is_an_invalid_submission(
    put: Put, notebook: Make, zipped: Make, course: Course
) -> None:
    inner = zipped({"hw.ipynb": notebook()})
    found = find_submissions(
        [put("class.zip", zipped({"kim/hw.zip": inner, "lee/x.ipynb": notebook()}))], course
    )
    assert "which is not opened" in (find_one(found, "kim").problem or "")
    hostile = put("other.zip", zipped({"../eve.zip": inner, "lee/x.ipynb": notebook()}))
    assert "leads out" in (find_one(find_submissions([hostile], course), "eve").problem or "")


def test_a_data_zip_beside_the_notebook_does_no_harm(
    put: Put, notebook: Make, zipped: Make, course: Course
) -> None:
    files = {"kim/data.zip": zipped({}), "kim/hw.ipynb": notebook(exercise="11_lstm")}
    found = find_submissions([put("class.zip", zipped(files))], course)
    assert [one.problem for one in found.submissions] == [None]
    assert "data.zip" in found.ignored[0]


def test_two_members_of_one_name_are_two_files(
    put: Put, notebook: Make, zipped: Make, course: Course
) -> None:
    info = zipfile.ZipInfo("kim.ipynb")
    with pytest.warns(UserWarning, match="Duplicate"):
        content = with_member(
            zipped({"kim.ipynb": notebook(exercise="11_lstm")}), info, notebook(exercise="11_lstm")
        )
    (submission,) = find_submissions([put("c.zip", content)], course).submissions
    assert "keep one" in (submission.problem or "")


def test_a_zip_that_changed_since_it_was_listed_is_noticed(
    put: Put, notebook: Make, zipped: Make, course: Course
) -> None:
    path = put("c.zip", zipped({"kim.ipynb": notebook(exercise="11_lstm")}))
    (submission,) = find_submissions([path], course).submissions
    path.write_bytes(zipped({"kim.ipynb": notebook()}))
    with pytest.raises(HarnessError, match="has changed"):
        submission.read()
    path.write_bytes(zipped({"lee.ipynb": notebook()}))
    with pytest.raises(HarnessError, match="no longer where it was"):
        submission.read()
    path.unlink()
    with pytest.raises(HarnessError, match="cannot be read any more"):
        submission.read()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_zip_with_any_bytes_changed_raises_only_errors_of_ours(
    put: Put, notebook: Make, zipped: Make, data: st.DataObject
) -> None:
    content = bytearray(zipped({"김/hw.ipynb": notebook(), "lee.ipynb": notebook()}))
    places = st.integers(0, len(content) - 1)
    for at, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=6)):
        content[at] = byte
    path = put("c.zip", bytes(content[: data.draw(st.just(len(content)) | places)]))
    try:
        with Archive(path) as opened:
            members = [member for member, _ in opened.members()]
    except UsageError:
        return
    for member in members:
        try:
            member.read()
        except AutograderError:
            continue


def test_a_member_names_its_place_not_only_its_name() -> None:
    assert ZipMember(Path("a.zip"), 0, "x") != ZipMember(Path("a.zip"), 1, "x")
    assert sources.MAX_NOTEBOOK_BYTES == 200 * 2**20
