"""Evidence -> outcomes: runs the Otter test cases over what a kernel sent, in a process of its own."""

from autograder.judge.protocol import CallForward, CaseVerdict, JudgeJob, Verdict

__all__ = ["CallForward", "CaseVerdict", "JudgeJob", "Verdict"]
