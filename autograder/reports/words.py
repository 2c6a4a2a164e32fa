"""What a status or an outcome is called, in Korean and in English, and what it means for the student.

`standing` is not always the status: where our own fault left anything open there is no grade yet,
whatever else happened, and every report says so in the same words.
"""

from dataclasses import dataclass
from enum import StrEnum

from autograder.scorecard import Outcome, Scorecard, Status


class Tone(StrEnum):
    """How a report colours it."""

    GOOD = "good"
    PARTIAL = "partial"
    BAD = "bad"
    OURS = "ours"  # our fault: never the colour of a failure


@dataclass(frozen=True)
class Words:
    """A name in both languages, and a sentence that says what follows from it."""

    ko: str
    en: str
    tone: Tone
    ko_meaning: str = ""
    en_meaning: str = ""


OUTCOMES: dict[Outcome, Words] = {
    Outcome.PASSED: Words("통과", "passed", Tone.GOOD),
    Outcome.FAILED: Words("실패", "failed", Tone.BAD),
    Outcome.ERRORED: Words("검사할 수 없음", "could not be tested", Tone.BAD),
    Outcome.MISSING: Words("답 없음", "nothing to test", Tone.PARTIAL),
    Outcome.UNGRADED: Words("채점 대기", "not graded yet", Tone.OURS),
}

_KEPT_KO = "멈추기 전까지 얻은 점수는 그대로 인정됩니다."
_KEPT_EN = "The points earned before it stopped still count."

STATUSES: dict[Status, Words] = {
    Status.GRADED: Words("채점 완료", "graded", Tone.GOOD),
    Status.TIMEOUT: Words(
        "시간 초과",
        "time limit reached",
        Tone.BAD,
        f"노트북이 제한 시간 안에 끝나지 않았습니다. {_KEPT_KO}",
        f"The notebook did not finish within the time limit. {_KEPT_EN}",
    ),
    Status.OUT_OF_MEMORY: Words(
        "메모리 초과",
        "memory limit reached",
        Tone.BAD,
        f"노트북이 허용된 메모리보다 많이 썼습니다. {_KEPT_KO}",
        f"The notebook used more memory than it may. {_KEPT_EN}",
    ),
    Status.OUTPUT_LIMIT: Words(
        "출력 초과",
        "output limit reached",
        Tone.BAD,
        f"노트북이 허용된 것보다 많이 출력했습니다. {_KEPT_KO}",
        f"The notebook printed more than it may. {_KEPT_EN}",
    ),
    Status.KILLED: Words(
        "실행 중단",
        "stopped",
        Tone.BAD,
        f"노트북을 실행하던 커널이 도중에 끝났습니다. {_KEPT_KO}",
        f"The kernel that ran the notebook ended early. {_KEPT_EN}",
    ),
    Status.INVALID_NOTEBOOK: Words(
        "읽을 수 없음",
        "unreadable",
        Tone.BAD,
        "제출한 파일을 이 과제의 노트북으로 읽을 수 없습니다. Jupyter에서 열리는지 확인하고 다시 제출하세요.",
        "The file could not be read as a notebook of this exercise. "
        "Check that it opens in Jupyter and hand it in again.",
    ),
    Status.HARNESS_ERROR: Words(
        "채점 대기",
        "not graded yet",
        Tone.OURS,
        "채점하는 쪽에 문제가 있어 아직 점수가 없습니다. 학생의 잘못이 아니며, 다시 채점합니다. "
        "이전에 받은 점수가 있다면 그대로 유지됩니다.",
        "Something went wrong on the grading side, so there is no score yet. This is not your fault, "
        "and your work will be graded again. An earlier score stands until then.",
    ),
}


def is_pending(card: Scorecard) -> bool:
    """Whether our own fault left something open, so that no score may be shown."""
    return (
        not card.is_settled
        or card.status is Status.HARNESS_ERROR
        or any(case.outcome is Outcome.UNGRADED for question in card.questions for case in question.cases)
    )


def standing(card: Scorecard) -> Words:
    """Where the submission stands, in words."""
    return STATUSES[Status.HARNESS_ERROR if is_pending(card) else card.status]
