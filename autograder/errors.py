"""Every error of ours, and whose fault it is.

A student's mistake is a value (an outcome, a status), so an exception that reaches the top always
means that the command, the course or the harness is wrong:

    AutograderError
    ├── UsageError          the command line or a path given to it          exit status 2
    ├── CourseError         the course's author: manifest, master, tests    exit status 1
    ├── HarnessError        this machine or this program                    exit status 1
    ├── SubmissionError     the file handed in cannot be read     -> status `invalid_notebook`
    └── EvidenceError       what the kernel sent breaks a rule    -> outcome `errored`, never a pass

`SubmissionError` and `EvidenceError` are caught where a submission is read and where it is judged;
they become part of a scorecard and stop nothing else.

Messages are one line: what, where, what to do next.
"""


class AutograderError(Exception):
    """Base of all our errors; `exit_status` is what the command line ends with."""

    exit_status = 1


class UsageError(AutograderError):
    """The command cannot be carried out as given; the message says what to give instead."""

    exit_status = 2


class CourseError(AutograderError):
    """The course (manifest, master, answers, calibration, dataset) is wrong; its author mends it."""


class HarnessError(AutograderError):
    """The harness or the machine failed; the student is never blamed and an earlier grade stands."""


class SubmissionError(AutograderError):
    """What was handed in cannot be graded as it is; becomes `invalid_notebook` on the scorecard."""


class EvidenceError(AutograderError):
    """Evidence is malformed, too large, or of a kind that does not cross; never counts as a pass."""
