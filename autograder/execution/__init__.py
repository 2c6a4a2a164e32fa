"""Submission -> executed notebook and evidence, in a process of its own."""

from autograder.execution.protocol import CallReply, CallRequest, CellStarted, Executed, ExecutionJob, Failed

__all__ = ["CallReply", "CallRequest", "CellStarted", "Executed", "ExecutionJob", "Failed"]
