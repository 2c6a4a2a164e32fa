"""Judges one submission: loads the test files, runs public test cases first, then hidden ones."""

from collections.abc import Callable

from otter.nbmeta_config import NBMetadataConfig
from otter.test_files import create_test_file

from autograder.errors import CourseError
from autograder.evidence.bundle import Bundle, KnownArrays
from autograder.judge.calls import RecordingCaller
from autograder.judge.cases import LoadedCase, run_case
from autograder.judge.environment import CaseEnvironment, Shelves
from autograder.judge.protocol import CallAnswer, CallForward, CaseBegun, CaseVerdict, JudgeJob, Verdict


def judge(
    job: JudgeJob,
    forward: Callable[[CallForward], CallAnswer],
    tell: Callable[[CaseBegun | CaseVerdict], None] = lambda _event: None,
) -> Verdict:
    """The outcome of every test case, in course order; `tell` hears of each as it begins and ends.

    All public test cases run before any hidden one: a function that records what a hidden test passes to it
    finds no public message left to print it in.

    Raises:
        CourseError: a test file does not load.
    """
    known = None if job.known is None else KnownArrays.load(job.known)
    bundle = Bundle(job.evidence, known=known)
    caller = RecordingCaller(bundle, forward if job.may_call else None)
    cases = load_cases(job)
    reference = None if job.reference is None else Bundle(job.reference, known=known)
    shelves = Shelves()
    verdicts = {(verdict.question, verdict.name): verdict for verdict in job.decided}
    for case in sorted(cases, key=lambda case: case.hidden):
        if (case.question, case.name) in verdicts:
            continue
        if job.gives_up:
            verdicts[case.question, case.name] = _given_up(case)
            continue
        tell(CaseBegun(question=case.question, name=case.name, hidden=case.hidden))
        environment = CaseEnvironment(
            question=case.question,
            bundle=bundle,
            caller=caller,
            reference=reference,
            shelves=shelves,
            calibration=job.calibration,
        )
        verdict = run_case(case, environment, limit_s=job.case_limit_s)
        verdicts[case.question, case.name] = verdict
        tell(verdict)
        shelves.take_back()
    in_order = tuple(verdicts[case.question, case.name] for case in cases)
    return Verdict(cases=in_order)


def _given_up(case: LoadedCase) -> CaseVerdict:
    return CaseVerdict(
        question=case.question,
        name=case.name,
        hidden=case.hidden,
        outcome="errored",
        message="not tried: several judges did not survive what was handed in",
    )


def load_cases(job: JudgeJob) -> list[LoadedCase]:
    """Every test case of the job's test files, through Otter's own loader.

    Raises:
        CourseError: a test file does not load.
    """
    cases = []
    for question, path in job.tests.items():
        try:
            test_file = create_test_file(str(path), NBMetadataConfig())
        except Exception as error:
            raise CourseError(f"{path}: the test file of {question} does not load: {error!r}") from error
        for case in test_file.test_cases:
            function = case.body.test_func
            cases.append(LoadedCase(question, function.__name__, bool(case.hidden), function))
    return cases
