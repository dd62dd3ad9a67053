"""What can go wrong, by who can mend it."""


class BadInput(Exception):
    """Bad input by the user: the message names the thing, its value, what was expected and how to fix it. Exit code 2."""


class EnginesDisagree(Exception):
    """Two independent routes to one statement contradict each other: a defect of this toolkit. Exit code 3."""
