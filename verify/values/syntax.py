"""Text of an expression as a tree: one grammar that reads what the toolkit prints, whatever the
language. Never evaluated.

    sum      =  ["-"] term (("+" | "-") term)*
    term     =  factor (["*" | "/"] factor)*               a blank multiplies; a/b/c divides by both
    factor   =  "-" factor | binder term | ("d/dt" | "d/d" name | "after a step") factor | power
    power    =  marked ["^" exponent]  ["at t=0"]
    exponent =  ["-"] number  |  name  |  "(" sum ")"      ^T and ^conj are marks
    marked   =  atom ("'" | "*" where no factor follows)*  derivative; conjugate transpose
    binder   =  ("sum" | "prod" | "max" | "min") "_" name  |  "sum_(" name "=" sum ".." sum ")"
    atom     =  number | name ["_" index] ["(" name ")"] | w'NAME w | NAME'w | "(" sum ")" | "|" sum
    "|" ["^2"]
             |  "||" sum "||^2" | "<" sum "," sum ">" | function "(" sum ")"
    index    =  name | number | "(" sum ("," sum)* ")"

A tree is a Node; what names mean, the language of the state decides (``lower``).
"""

from __future__ import annotations

from verify.exact.errors import BadInput
from verify.exact.numbers import number
from verify.models.losses.tokens import Token
from verify.values.scan import Cursor, Node

MOST_LENGTH, MOST_OPEN = 4000, 60
FUNCTIONS = ("sqrt", "log", "exp", "next", "D", "Tr", "Re Tr", "abs", "euler")


def parse(text: str, stars: bool = False) -> Node:
    """The tree of a text. ``stars``: a ``*`` behind a factor is the conjugate transpose, as in
    matrices.

    Raises BadInput pointing at the place, also beyond the limits of length, nesting and digits.
    """
    if len(text) > MOST_LENGTH:
        raise BadInput(
            f"the expression has {len(text)} characters; at most {MOST_LENGTH} are read: shorten it"
        )
    if not text.strip():
        raise BadInput(
            "the expression is empty; expected one such as sum_i |w_i|^(2/L) or x^2 + y^(1/2)"
        )
    parser = _Parser(text, stars)
    found = parser.sum()
    if parser.now.kind != "end":
        parser.fail(
            "expected an operator, or the end"
            if parser.now.text != ")"
            else "there is no open bracket for it"
        )
    return found


class _Parser(Cursor):
    """Recursive descent, one method per rule."""

    def sum(self) -> Node:
        self.open += 1
        if self.open > MOST_OPEN:
            self.fail(f"expected at most {MOST_OPEN} brackets inside each other")
        start = self.now
        terms = [self.term()]
        while sign := self.take("+", "-"):
            term = self.term()
            terms.append(Node("neg", (term,), sign) if sign.text == "-" else term)
        self.open -= 1
        return terms[0] if len(terms) == 1 else Node("+", tuple(terms), start)

    def term(self) -> Node:
        start = self.now
        if sign := self.take("-"):
            return Node("neg", (self.term(),), sign)
        found = self.factor()
        while True:
            if self.take("/"):
                found = Node("/", (found, self.factor()), start)
            elif self.take("*") or self.begins():
                found = Node("*", (found, self.factor()), start)
            else:
                return found

    def begins(self) -> bool:
        """Does a factor begin here?"""
        if self.now.kind in ("number", "name", "form"):
            return True
        if self.now.kind == "phrase":
            return self.now.text != "at t=0"
        if self.now.text in ("|", "||"):
            return self.bars == 0
        return self.now.text in ("(", "<") and self.now.kind == "sign"

    def factor(self) -> Node:
        start = self.now
        self.open += 1
        if self.open > MOST_OPEN:
            self.fail(f"expected at most {MOST_OPEN} signs and brackets inside each other")
        found = self.prefixed(start)
        self.open -= 1
        return found

    def prefixed(self, start: Token) -> Node:
        if self.take("-"):
            return Node("neg", (self.factor(),), start)
        if start.kind == "phrase" and start.text.startswith("d/d"):
            self.at += 1
            return Node("D" if start.text == "d/dt" else start.text, (self.factor(),), start)
        if self.take("after a step"):
            return Node("next", (self.factor(),), start)
        if start.kind == "name" and start.text.partition("_")[0] in ("sum", "prod", "max", "min"):
            return self.binder(start)
        return self.power()

    def binder(self, start: Token) -> Node:
        self.at += 1
        head, _, index = start.text.partition("_")
        if index:
            return Node(head, (index, None, None, self.term()), start)
        self.need("_", f"and an index, as in {head}_i")
        self.need("(", f"or an index, as in {head}_i")
        if self.now.kind != "name":
            self.fail("expected an index, as in sum_(p=1..N)")
        name = self.now.text
        self.at += 1
        self.need("=", "in the range of a sum")
        first = self.sum()
        self.need("..", "in the range of a sum")
        last = self.sum()
        self.need(")", "behind the range of a sum")
        return Node(head, (name, first, last, self.term()), start)

    def power(self) -> Node:
        found = self.marked()
        while sign := self.take("^"):
            if found.head == "^":
                self.fail("expected one exponent; write (A^B)^C or A^(B^C)", sign)
            found = self.primes(self.raised(found))
        while sign := self.take("at t=0"):
            found = Node("start", (found,), sign)
        return found

    def raised(self, base: Node) -> Node:
        start = self.now
        if start.kind == "name" and start.text in ("T", "conj"):
            self.at += 1
            return Node("mark", (start.text, base), start)
        if sign := self.take("-"):
            exponent = Node("neg", (self.atom(),), sign)
        elif start.kind in ("number", "name") or start.text == "(":
            exponent = self.atom()
        else:
            self.fail("expected an exponent, such as 2 or (2/L)")
        return Node("^", (base, exponent), start)

    def marked(self) -> Node:
        return self.primes(self.atom())

    def primes(self, found: Node) -> Node:
        while True:
            if sign := self.take("'"):
                found = Node("D", (found,), sign)
            elif self.stars and (sign := self.take("*")):
                found = Node("mark", ("H", found), sign)
            else:
                return found

    def atom(self) -> Node:
        token = self.now
        if token.kind == "number":
            self.at += 1
            try:
                return Node("num", (number(token.text, "a number"),), token)
            except BadInput as error:
                self.fail(str(error), token)
        if token.kind == "form":
            self.at += 1
            return Node("form", (token.text,), token)
        if token.kind == "name" or token.text == "Re Tr":
            return self.named(token)
        if token.text == "sum_i w_i d/dw_i":
            self.at += 1
            self.need("[", "behind sum_i w_i d/dw_i")
            body = self.inside("]")
            return Node("euler", (body,), token)
        if self.take("("):
            return self.shadowed(self.inside(")"), token)
        if self.take("||"):
            body = self.within("||")
            self.need("^", "2: the square of the norm, ||X||^2")
            self.squared("||X||^2")
            return Node("norm2", (body,), token)
        if self.take("|"):
            return Node("abs", (self.within("|"),), token)
        if self.take("<"):
            left = self.sum()
            self.need(",", "in the inner product <X, Y>")
            return Node("inner", (left, self.inside(">")), token)
        self.fail("expected a number, a name, a bracket, |...| or a function such as sqrt(...)")

    def shadowed(self, body: Node, token: Token) -> Node:
        """(w_c)_k: an index behind a bracket."""
        if self.now.text == "_" and body.head == "name" and self.queue[self.at + 1].kind != "end":
            self.at += 1
            return Node("shadow", (body.args[0], self.indices()), token)
        return Node("group", (body,), token)

    def squared(self, what: str) -> None:
        if not (self.now.kind == "number" and self.now.text == "2"):
            self.fail(f"expected {what}")
        self.at += 1

    def inside(self, end: str) -> Node:
        outer, self.bars = self.bars, 0
        body = self.sum()
        self.bars = outer
        self.need(end, "to close it")
        return body

    def within(self, bars: str) -> Node:
        """Between bars, where the same sign ends it."""
        self.bars += 1
        body = self.sum()
        self.bars -= 1
        self.need(bars, "to close it")
        return body

    def named(self, token: Token) -> Node:
        self.at += 1
        name = token.text
        if name in FUNCTIONS:
            self.need("(", f"behind {name}")
            return Node(name, (self.inside(")"),), token)
        indices: tuple[Node, ...] = ()
        if self.now.text == "_":
            self.at += 1
            indices = self.indices()
        if (name == "E" or name.split("_")[0] == "H") and self.take("("):
            return Node("of", (name, indices, self.inside(")")), token)
        return Node("name", (name, indices), token)

    def indices(self) -> tuple[Node, ...]:
        if not self.take("("):
            if self.now.kind not in ("name", "number"):
                self.fail("expected an index, such as i or (l,i)")
            return (self.atom(),)
        found = [self.sum()]
        while self.take(","):
            found.append(self.sum())
        self.need(")", "behind the indices")
        return tuple(found)
