"""JSON that is nested as deep as it is long."""


def make(_notebook: bytes, _student: str) -> bytes:
    """A notebook whose metadata never end."""
    return b'{"nbformat": 4, "nbformat_minor": 5, "cells": [], "metadata": ' + b"[" * 1_000_000
