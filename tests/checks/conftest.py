from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture(scope="session")
def message() -> Callable[..., str]:
    """What a check says when it fails; a check that passes fails the test."""

    def said(check: Callable[..., object], *arguments: Any, **options: Any) -> str:
        with pytest.raises(AssertionError) as caught:
            check(*arguments, **options)
        text = str(caught.value)
        for part in (
            "기댓값 expected: ",
            "실제값 got: ",
            "짐작되는 원인: ",
            "likely cause: ",
            "힌트: ",
            "hint: ",
        ):
            assert part in text
        return text

    return said
