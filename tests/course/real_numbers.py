"""The small course's numbers, registered as a stand-in for a file that may not be handed on."""

REAL = """
kind = "stand-in"

[dataset.numbers.real]
name = "secret-numbers.csv"
source = "the ministry"
licence = "not to be redistributed"
columns = ["number"]
"""
