"""Downloads go on where they stopped and end with the registered file, or with nothing under its name."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import pretrained_download
from autograder.course.pretrained import (
    Pretrained,
    PretrainedFile,
    folder_of,
    kind_in_use,
    repository_of,
    stored,
)
from autograder.course.pretrained_download import fetch
from autograder.course.pretrained_fetch import fetch_real
from autograder.errors import HarnessError
from course.file_server import Served, serving

CONTENT = bytes(range(256)) * 4096  # 1 MiB
SHA256 = hashlib.sha256(CONTENT).hexdigest()
MD5 = hashlib.md5(CONTENT).hexdigest()
GIT = hashlib.sha1(b"blob %d\0" % len(CONTENT) + CONTENT).hexdigest()


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pretrained_download, "PAUSE_S", 0.0)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def served() -> Iterator[Served]:
    with serving(Served(CONTENT)) as served:
        yield served


def quiet(_done: int, _total: int | None) -> None:
    pass


def registered(served: Served, **known: object) -> PretrainedFile:
    return PretrainedFile.model_validate({"file": "weights.h5", "source": served.url, **known})


def test_a_download_is_verified_and_named(served: Served, tmp_path: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    file = fetch(registered(served, sha256=SHA256), tmp_path, lambda *said: seen.append(said))
    assert (tmp_path / "weights.h5").read_bytes() == CONTENT
    assert (file.sha256, file.bytes, file.verified_by) == (SHA256, len(CONTENT), "sha256 of the registry")
    assert seen[0] == (0, len(CONTENT))
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert [path.name for path in tmp_path.iterdir()] == ["weights.h5"]


def test_a_part_from_an_earlier_run_is_completed(served: Served, tmp_path: Path) -> None:
    (tmp_path / ".weights.h5.part").write_bytes(CONTENT[:1000])
    fetch(registered(served, sha256=SHA256), tmp_path, quiet)
    assert served.ranges == ["bytes=1000-"]
    assert (tmp_path / "weights.h5").read_bytes() == CONTENT


def test_a_part_that_is_whole_already_is_only_verified(served: Served, tmp_path: Path) -> None:
    (tmp_path / ".weights.h5.part").write_bytes(CONTENT)
    fetch(registered(served, sha256=SHA256), tmp_path, quiet)
    assert (tmp_path / "weights.h5").read_bytes() == CONTENT


def test_a_connection_that_breaks_off_goes_on_by_itself(served: Served, tmp_path: Path) -> None:
    served.break_off_after = [300_000, 300_000]
    fetch(registered(served, sha256=SHA256), tmp_path, quiet)
    assert served.ranges == [None, "bytes=300000-", "bytes=600000-"]
    assert (tmp_path / "weights.h5").read_bytes() == CONTENT


def test_a_server_in_trouble_is_asked_again(served: Served, tmp_path: Path) -> None:
    served.status = [503, 500]
    fetch(registered(served, sha256=SHA256), tmp_path, quiet)
    assert (tmp_path / "weights.h5").read_bytes() == CONTENT


def test_a_server_that_sends_nothing_more_ends_with_the_part_kept(served: Served, tmp_path: Path) -> None:
    served.break_off_after = [700] + [0] * pretrained_download.ATTEMPTS
    with pytest.raises(HarnessError, match="what came is kept"):
        fetch(registered(served, sha256=SHA256), tmp_path, quiet)
    assert (tmp_path / ".weights.h5.part").read_bytes() == CONTENT[:700]
    fetch(registered(served, sha256=SHA256), tmp_path, quiet)
    assert (tmp_path / "weights.h5").read_bytes() == CONTENT


def test_a_server_that_knows_no_ranges_sends_everything_again(served: Served, tmp_path: Path) -> None:
    served.knows_ranges = False
    (tmp_path / ".weights.h5.part").write_bytes(CONTENT[:1000])
    fetch(registered(served, sha256=SHA256), tmp_path, quiet)
    assert (tmp_path / "weights.h5").read_bytes() == CONTENT


def test_a_part_of_another_file_is_thrown_away(served: Served, tmp_path: Path) -> None:
    (tmp_path / ".weights.h5.part").write_bytes(b"x" * 1000)
    fetch(registered(served, sha256=SHA256), tmp_path, quiet)
    assert served.ranges == ["bytes=1000-", None]
    assert (tmp_path / "weights.h5").read_bytes() == CONTENT


def test_a_missing_file_is_not_asked_for_again(served: Served, tmp_path: Path) -> None:
    served.status = [404] * 9
    with pytest.raises(HarnessError, match="answers 404"):
        fetch(registered(served, sha256=SHA256), tmp_path, quiet)
    assert len(served.ranges) == 1


def test_without_a_server_the_way_out_is_said(tmp_path: Path) -> None:
    file = PretrainedFile(file="weights.h5", source="http://127.0.0.1:9/file", sha256=SHA256)
    with pytest.raises(HarnessError, match="--stand-ins"):
        fetch(file, tmp_path, quiet)


@pytest.mark.parametrize(
    "known",
    [{"sha256": "0" * 64}, {"md5": "0" * 32}, {"sha256": SHA256, "bytes": 5}, {"md5": MD5, "bytes": 5}],
)
def test_another_file_is_refused_and_not_kept(
    served: Served, tmp_path: Path, known: dict[str, object]
) -> None:
    with pytest.raises(HarnessError, match="not the registered file"):
        fetch(registered(served, **known), tmp_path, quiet)
    assert list(tmp_path.iterdir()) == []


def test_an_md5_vouches_where_no_sha256_is_known(served: Served, tmp_path: Path) -> None:
    file = fetch(registered(served, md5=MD5, bytes=len(CONTENT)), tmp_path, quiet)
    assert (file.sha256, file.verified_by) == (SHA256, "md5 of the registry")


@pytest.mark.parametrize(
    ("tag", "verified_by"), [(SHA256, "sha256 told by the server"), (GIT, "git's hash told by the server")]
)
def test_the_hub_s_own_hash_is_heard_on_the_way(
    served: Served, tmp_path: Path, tag: str, verified_by: str
) -> None:
    served.redirect_tag = tag
    file = fetch(registered(served), tmp_path, quiet)
    assert (file.sha256, file.verified_by) == (SHA256, verified_by)


@pytest.mark.parametrize("tag", ["0" * 64, "0" * 40, "no hash at all"])
def test_a_file_that_nothing_vouches_for_is_refused(served: Served, tmp_path: Path, tag: str) -> None:
    served.redirect_tag = tag
    with pytest.raises(HarnessError, match="a hash told by the server"):
        fetch(registered(served), tmp_path, quiet)
    assert list(tmp_path.iterdir()) == []


def test_only_the_net_is_a_source() -> None:
    with pytest.raises(ValueError, match="source"):
        PretrainedFile(file="weights.h5", source="file:///etc/passwd")


def weights(served: Served, library: str) -> Pretrained:
    return Pretrained.model_validate(
        {
            "id": "small",
            "library": library,
            "model": "google/small" if library == "huggingface" else "Small",
            "revision": "3f49326eb077187dfe1c2a2bb15fbd74e6ab91e3",
            "licence": "",
            "description": "",
            "stand_in_sha256": "0" * 64,
            "files": [{"file": "weights.h5", "source": served.url, "sha256": SHA256}],
        }
    )


@pytest.mark.parametrize("library", ["keras", "huggingface"])
def test_fetched_weights_are_in_use_and_laid_out_as_their_library_does(
    served: Served, own_cache: Path, library: str
) -> None:
    one = weights(served, library)
    record = fetch_real(one, lambda *_: None)
    assert record.sha256 == SHA256
    assert kind_in_use(one) == "real"
    place = own_cache / "pretrained" / "real"
    if library == "keras":
        assert (place / "keras" / "models" / "weights.h5").read_bytes() == CONTENT
    else:
        repository = place / "huggingface" / "hub" / "models--google--small"
        assert repository == repository_of(one, "real")
        revision = (repository / "refs" / "main").read_text()
        assert (repository / "snapshots" / revision / "weights.h5").read_bytes() == CONTENT


def test_what_is_there_is_hashed_again_and_not_fetched(served: Served, own_cache: Path) -> None:
    one = weights(served, "keras")
    fetch_real(one, lambda *_: None)
    asked = len(served.ranges)
    fetch_real(one, lambda *_: None)
    assert len(served.ranges) == asked


def test_a_file_touched_in_the_cache_is_fetched_again(served: Served, own_cache: Path) -> None:
    one = weights(served, "keras")
    fetch_real(one, lambda *_: None)
    path = folder_of(one, "real") / "weights.h5"
    path.write_bytes(b"something else")
    assert stored(one, "real") is None
    assert kind_in_use(one) is None
    fetch_real(one, lambda *_: None)
    assert path.read_bytes() == CONTENT
