"""What each level is worth: the conformance suite, that it can fail, and how a level is chosen."""

import pytest

from autograder.errors import UsageError
from autograder.kernels import LEVELS, Level, choose_level, conformance, levels, levels_that_hold
from autograder.kernels.conformance import ATTEMPTS, ENDS
from kernels.use import skip_unless_held

CONFINED: tuple[Level, ...] = ("namespaces", "landlock")
# What an unconfined process can do whoever it runs as; only root can do the rest of the suite.
DONE_AT_NONE = {
    "reads no file outside",
    "lists no folder outside",
    "writes nothing outside its own folders",
    "reaches no network",
    "reaches no abstract unix socket outside",
    "signals no process outside",
    "has no capability and can get none",
    "fills no disk",
}


@pytest.fixture
def no_level_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        levels, "_why_not", lambda level: None if level == "none" else f"{level} is not for this machine"
    )


@pytest.mark.parametrize("level", CONFINED)
def test_a_level_that_is_offered_keeps_every_claim(level: Level) -> None:
    skip_unless_held(level)
    assert conformance.run_suite(level) == dict.fromkeys([*ATTEMPTS, ENDS])


def test_the_suite_finds_what_an_unconfined_process_can_do() -> None:
    found = conformance.run_suite("none")
    assert found.keys() == {*ATTEMPTS, ENDS}
    assert {claim for claim, what in found.items() if what is not None} >= DONE_AT_NONE
    assert found[ENDS] is None


def test_a_failed_claim_is_a_reason_not_to_offer_the_level() -> None:
    reason = conformance.first_failure("none")
    assert reason is not None
    assert reason.startswith("reads no file outside: ")


def test_the_strongest_level_that_holds_is_chosen() -> None:
    held = [level for level, reason in levels_that_hold().items() if reason is None]
    assert held[-1] == "none"
    if held == ["none"]:
        pytest.skip("no level holds on this machine")
    assert choose_level("auto") == held[0]


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_can_be_asked_for_by_name(level: Level) -> None:
    skip_unless_held(level)
    assert choose_level(level) == level


@pytest.mark.usefixtures("no_level_holds")
def test_no_isolation_has_to_be_asked_for_by_name() -> None:
    with pytest.raises(UsageError, match="say --sandbox none") as caught:
        choose_level("auto")
    assert "namespaces is not for this machine" in str(caught.value)
    assert "landlock is not for this machine" in str(caught.value)
    assert choose_level("none") == "none"


@pytest.mark.usefixtures("no_level_holds")
@pytest.mark.parametrize("level", CONFINED)
def test_a_level_that_does_not_hold_is_refused_with_the_reason(level: Level) -> None:
    with pytest.raises(
        UsageError, match=f"--sandbox {level} does not hold .*{level} is not for this machine"
    ):
        choose_level(level)


def test_an_unknown_level_is_answered_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="choose from auto, namespaces, landlock, none"):
        choose_level("docker")
