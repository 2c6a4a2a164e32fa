"""What a test gets in place of what does not cross: functions, and values of types that are not carried."""

import inspect
from typing import Any, NoReturn, Protocol

from autograder.errors import EvidenceError


class StudentFunctionError(EvidenceError):
    """The student's function raised; `type_name` is the exception's own type, as the kernel named it."""

    def __init__(self, function: str, type_name: str, message: str) -> None:
        super().__init__(f"{function} raised {type_name}: {message}")
        self.type_name = type_name


class Caller(Protocol):
    """Carries a call of a student's function to where it can run."""

    def call(self, question: str, name: str, args: tuple[object, ...], kwargs: dict[str, object]) -> object:
        """Called by a `FunctionStandIn`; the value that came back, rebuilt.

        Raises:
            StudentFunctionError: the function raised.
            EvidenceError: the arguments cannot cross, or the reply breaks a rule.
        """


class FunctionStandIn:
    """Stands for a student's function: has its name and signature, and a call is carried by `caller`.

    With no caller (the reference's evidence) it can be inspected and not called.
    """

    def __init__(
        self, name: str, question: str, signature: inspect.Signature | None, caller: Caller | None
    ) -> None:
        self.__name__ = self.__qualname__ = name
        if signature is not None:
            self.__signature__ = signature
        self._question = question
        self._caller = caller

    def __call__(self, *args: object, **kwargs: object) -> object:
        """Call the student's function with these arguments."""
        if self._caller is None:
            raise EvidenceError(f"{self.__name__}: this function can be inspected here, not called")
        return self._caller.call(self._question, self.__name__, args, kwargs)

    def __repr__(self) -> str:
        return f"<function {self.__name__}, in the kernel>"


class UnsupportedStandIn:
    """Stands for a value that did not cross; whatever a test does with it raises `EvidenceError`.

    Only `repr` works, so that a report can name it. Python gives no way to intercept `is`, so a test case
    that needs such a variable must not run at all: see `QuestionEvidence.status`.
    """

    def __init__(self, name: str, type_name: str, reason: str) -> None:
        sentence = f"{name}: expected data a test can read, got {type_name}: {reason}"
        object.__setattr__(self, "_sentence", sentence)

    def __getattribute__(self, attribute: str) -> NoReturn:
        _refuse(self)

    def __repr__(self) -> str:
        return f"<{object.__getattribute__(self, '_sentence')}>"


def _refuse(self: object, *_args: object, **_kwargs: object) -> NoReturn:
    raise EvidenceError(object.__getattribute__(self, "_sentence"))


_TOUCHES = """
    call str format bool len length_hint iter next reversed contains getitem setitem delitem setattr delattr
    hash eq ne lt le gt ge int float complex index round trunc floor ceil neg pos abs invert
    add radd iadd sub rsub mul rmul matmul rmatmul truediv rtruediv floordiv rfloordiv mod rmod divmod pow rpow
    lshift rshift and rand or ror xor rxor enter exit array array_ufunc array_function dataframe
    copy deepcopy reduce reduce_ex getstate dir bytes fspath
    await aiter instancecheck subclasscheck
"""
for _touch in _TOUCHES.split():
    setattr(UnsupportedStandIn, f"__{_touch}__", _refuse)


def signature_of(parameters: list[tuple[str, Any, bool]]) -> inspect.Signature:
    """A signature from (name, kind, has a default); the defaults' values do not cross and show as `...`.

    Raises:
        ValueError: no function has such parameters.
    """
    return inspect.Signature(
        [
            inspect.Parameter(name, kind, default=... if has_default else inspect.Parameter.empty)
            for name, kind, has_default in parameters
        ]
    )
