"""What can go wrong, by who can mend it."""


class BadInput(Exception):
    """Bad input by the user: the message names the thing, its value, what was expected and how to
    fix it. Exit code 2.
    """


class WrongType(BadInput, TypeError):
    """Bad input of a type that cannot be used."""


class WrongIndex(BadInput, IndexError):
    """Bad input: too many or too few indices."""


def require(holds: object, what: str, value: object, expected: str) -> None:
    """Raises BadInput naming what it is, its value, and what was expected."""
    if not holds:
        shown = (
            f"{value!r:.60}"
            if isinstance(value, (str, int, float, tuple, list, dict, type(None)))
            else f"of type {type(value).__name__}"
        )
        raise BadInput(f"{what}: {shown}; expected {expected}")


def require_line(what: str, text: object) -> None:
    """Raises BadInput for an author's text that could begin a line or move a cursor."""
    fits = isinstance(text, str) and text.isprintable()
    require(fits, what, text, "one line of printable text: another could pass for a verdict")


def quoted(text: str) -> str:
    """Prose that nothing judged, marked as its author's wherever it is printed. Raises BadInput
    unless it is one line of printable text.
    """
    require_line("author's words", text)
    return f"author's words: {text!r}"


class NoValue(Exception):
    """An expression has no value at a state, or none that could be enclosed: the message says why.
    Exit code 4.
    """


class MaybeUndefined(ZeroDivisionError):
    """The enclosure of a base, or of what is inside log, contains a number at which there is no
    value: more bits may show that there is one.
    """


def no_value_there(fault: ArithmeticError) -> str:
    """Why there is no value at a state: shown to be none, not known to be one, or too large."""
    if isinstance(fault, MaybeUndefined):
        return f"it is not known to be defined there: {fault}"
    if isinstance(fault, ZeroDivisionError):
        return f"it is not defined there: {fault}"
    return f"it is not computed there: {fault}"


class NotGeneric(Exception):
    """An expression has no normal form for every size; the message says which part. It proves and
    refutes nothing.
    """


class EnginesDisagree(Exception):
    """Two independent routes to one statement contradict each other: a defect of this toolkit. Exit
    code 3.
    """


class Stopped(BaseException):
    """A signal asks us to end; the exit code is 128 and its number: 130 for an interrupt."""

    def __init__(self, number: int) -> None:
        super().__init__({1: "SIGHUP", 2: "SIGINT", 15: "SIGTERM"}.get(number, f"signal {number}"))
        self.code = 128 + number
