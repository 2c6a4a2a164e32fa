"""Evidence -> outcomes: runs the Otter test cases over what a kernel sent, in a process of its own."""

from autograder.judge.protocol import CallAnswer, CallForward, CaseVerdict, JudgeJob, Verdict

__all__ = ["CallAnswer", "CallForward", "CaseVerdict", "JudgeJob", "Verdict"]
