"""Fuzzing of what reads a submission and what a kernel wrote."""
