"""What a test case gets for its parameters: rebuilt evidence, the reference's evidence, thresholds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from autograder.course.built import JUDGE_SUPPLIES
from autograder.errors import CourseError, EvidenceError
from autograder.evidence.bundle import Bundle
from autograder.evidence.standins import Caller
from autograder.judge.shelf import Shelf


class MissingError(Exception):
    """The evidence a test case needs is not there: the student's notebook never made it."""


class NotCollectedError(Exception):
    """The stored evidence was never asked for this name; only another run can bring it."""


class Thresholds(dict[str, float]):
    """The calibrated thresholds by name; a name that was never calibrated is the course's fault."""

    def __missing__(self, name: str) -> float:
        raise CourseError(f"no calibrated threshold is called {name!r}; run `autograder calibrate`")


class ReferenceEvidence(Mapping[str, object]):
    """The reference solution's evidence of one question, by variable name; rebuilt when first read."""

    def __init__(self, bundle: Bundle, question: str, shelf: Shelf) -> None:
        self._question = bundle.question(question)
        self._shelf = shelf

    def __getitem__(self, name: str) -> object:
        if self._question.status(name) != "present":
            raise CourseError(
                f"reference[{name!r}]: the reference has no such evidence; name it as a parameter"
            )
        return self._shelf.value(self._question, name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._question.asked)

    def __len__(self) -> int:
        return len(self._question.asked)


@dataclass(frozen=True)
class Shelves:
    """Where models lie between test cases: the submission's and the reference's apart."""

    submission: Shelf = field(default_factory=Shelf)
    reference: Shelf = field(default_factory=Shelf)

    def take_back(self) -> None:
        """After a test case."""
        self.submission.take_back()
        self.reference.take_back()


@dataclass(frozen=True)
class CaseEnvironment:
    """Builds the values for the parameters of one question's test cases, fresh for each case."""

    question: str
    bundle: Bundle
    caller: Caller
    reference: Bundle | None
    shelves: Shelves
    calibration: Mapping[str, float]

    def values(self, names: tuple[str, ...]) -> dict[str, object]:
        """A value for each parameter.

        Raises:
            MissingError: the notebook has no such variable, or the question's evidence never came.
            NotCollectedError: the name was not asked for when the notebook ran.
            EvidenceError: what came breaks a rule.
        """
        return {name: self._value(name) for name in names}

    def _value(self, name: str) -> object:
        if name in JUDGE_SUPPLIES:
            return self._supplied(name)
        evidence = self.bundle.question(self.question)
        status = evidence.status(name)
        if status == "not_collected":
            raise NotCollectedError(f"{name} was not collected for {self.question} when it ran")
        if evidence.missing_reason is not None:
            raise MissingError(f"no evidence for {self.question}: {evidence.missing_reason}")
        if status == "absent":
            raise MissingError(f"{name} is not defined after the check of {self.question}")
        value = self.shelves.submission.value(evidence, name, self.caller)
        if status == "unsupported":
            # Not left to the test: `x is None` would not notice a stand-in.
            raise EvidenceError(repr(value).strip("<>"))
        return value

    def _supplied(self, name: str) -> object:
        if name == "calibration":
            return Thresholds(self.calibration)
        if self.reference is None:
            raise CourseError(
                f"{self.question}: a test asks for the reference, and there is no evidence of it"
            )
        return ReferenceEvidence(self.reference, self.question, self.shelves.reference)
