"""Names that an author declared, and letters of the networks that are called alike."""

from verify.terms.expr import Expr


class Own(str):
    """A name that an author declared: it is printed as it stands and means what was declared, also
    where a letter of the networks is called so.
    """


def ours(node: Expr, name: str) -> bool:
    """Is it the networks' letter of this name, and none that an author declared?"""
    return node.head == "at" and type(node.args[0]) is str and node.args[0] == name
