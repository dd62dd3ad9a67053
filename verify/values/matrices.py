"""Expressions in matrices at exact matrices: the evaluation of ``verify.theories.words``, and what
a state of matrices must have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from verify.exact.errors import BadInput, NotGeneric, NoValue
from verify.models.matrices import Example, Matrices
from verify.models.motions import GradientFlow, Still
from verify.terms.letters import RUNS, Letter
from verify.terms.matrices import LOSS, Mat
from verify.terms.matrix_grammar import fault
from verify.terms.matrix_words import words
from verify.terms.relation import free_indices
from verify.theories.words.complex_matrix import CMat
from verify.theories.words.evaluator import Evaluator
from verify.theories.words.frame import Frame, frame
from verify.theories.words.instance import Instance
from verify.theories.words.points import examples
from verify.values.record import Value
from verify.values.state import is_matrix

_LAYERS = frozenset({"W", "A", "B", "X", "P"})


class Lacking(BadInput):
    """A letter, or an index of one, without a value in the state."""


@dataclass(frozen=True)
class Layers:
    """An instance and its setting."""

    setting: Matrices
    here: Frame
    instance: Instance

    def letters(self) -> dict[str, bool]:
        return {n: bool(x.index) for n, x in self.setting.theory().letters.items()}

    def value(self, e: Mat, scope: Mapping[str, int]) -> Value:
        """Raises BadInput for what the state lacks or where sizes do not fit, NoValue where an
        inverse does not exist.
        """
        of = words(e) + (
            "" if not scope else f" [{', '.join(f'{n} = {x}' for n, x in scope.items())}]"
        )
        if why := fault(e):
            raise BadInput(f"{of}: {why}")
        if _abstract(e):
            raise NoValue(
                f"{of}: E is any function of X, so E(X) has no value; its derivative has one where"
                " P is given"
            )
        try:
            found = Evaluator(self.instance, self.here.expander)(e, scope)
        except KeyError as missing:
            raise Lacking(
                f"{of} needs a value of {missing.args[0]}, which the state does not give"
            ) from None
        except NotGeneric as why:
            raise BadInput(f"{of}: {why}; give a setting in which it moves") from None
        except OverflowError:
            raise NoValue(f"{of}: its exact value has more digits than are written out") from None
        except ZeroDivisionError:
            raise NoValue(f"{of}: an inverse that does not exist there") from None
        except (ValueError, TypeError) as why:
            raise BadInput(f"{of}: the sizes of its matrices do not fit: {why}") from None
        at = self.instance.text()
        if isinstance(found, CMat):
            rows = tuple(tuple(x if x[1] else x[0] for x in row) for row in found.entries())
            return Value(of, at, found.text(), rows)
        exact = Fraction(int(found.p), int(found.q))
        return Value(of, at, str(exact), exact, (exact, Fraction(0)))

    def exists(self, e: Mat, scope: Mapping[str, int]) -> bool:
        """Do all letters of the expression exist at these indices?"""
        try:
            self.value(e, scope)
        except Lacking:
            return False
        except NoValue:
            return True
        return True

    def scopes(
        self, e: Mat, given: Mapping[str, int], place: tuple[int, int]
    ) -> list[dict[str, int]]:
        """Every value of a free index from place[0] to N - place[1] that the state does not fix."""
        scopes: list[dict[str, int]] = [{}]
        for n in sorted(free_indices(e)):
            run = (
                [given[n]]
                if n in given
                else list(range(place[0], self.instance.depth - place[1] + 1))
            )
            scopes = [{**s, n: x} for s in scopes for x in run]
        return scopes


def _abstract(e: Mat) -> bool:
    """Does the abstract loss stand outside of every derivative?"""
    return e.head == "loss" or (
        e.head != "D" and any(_abstract(x) for x in e.args if isinstance(x, Mat))
    )


def layers(setting: Matrices | None, state: Mapping[str, Any]) -> Layers:
    """The state of a setting, or of the deep linear network where none is given. Raises BadInput
    for what does not fit.

    A value is a matrix (rows of exact numbers, complex ones as pairs), a list of matrices for a
    family, or a number.
    """
    families: dict[str, Any] = {}
    for name, x in state.items():
        stem, _, at = name.rpartition("_")
        if stem and at.isdigit() and is_matrix(x):
            families.setdefault(stem, {})[int(at)] = x
        else:
            families[name] = x
    setting = setting or _plain(families)
    example = _example(setting, families)
    known = replace(setting, examples=(example,))
    try:
        here = frame(setting, ())
        found = next(examples(known, here, {}), None)
    except NotGeneric as why:
        raise BadInput(f"the setting has no motion that could be derived: {why}") from None
    except BadInput as why:
        raise BadInput(f"the state: {str(why).partition(': ')[2] or why}") from None
    if found is None:
        raise BadInput(
            "the state: a matrix does not have the size or form (Hermitian, positive, invertible)"
            " that its letter has, or a relation of the setting does not hold, or lacks a letter;"
            f" given are {', '.join(families)}"
        )
    return Layers(setting, here, found)


def _plain(state: Mapping[str, Any]) -> Matrices:
    """Without a setting: W as layers, with the gradient flow of E where P is given; other matrices
    by themselves.
    """
    own = tuple(
        Letter(n, f"rows of {n}", f"columns of {n}")
        for n, x in state.items()
        if not (_LAYERS & {n} and "W" in state) and is_matrix(x)
    )
    motion = GradientFlow(LOSS) if "P" in state and "W" in state else Still()
    return Matrices(motion=motion, letters=own, layers="W" in state)


def _example(setting: Matrices, state: Mapping[str, Any]) -> Example:
    theory = setting.theory()
    values: dict[str, Any] = {}
    scalars: dict[str, Any] = {}
    sequences: dict[str, Any] = {}
    for name, x in state.items():
        if name in theory.letters:
            first = RUNS[theory.letters[name].index][0] if theory.letters[name].index else 1
            values[name] = [x[j] for j in _run(name, x, first)] if isinstance(x, dict) else x
        elif name in theory.sequences:
            sequences[name] = tuple(x)
        elif isinstance(x, (int, Fraction)):
            scalars[name] = x
        else:
            raise BadInput(
                f"the state gives {name}; expected one of {', '.join(theory.letters)}, or numbers"
                " for constants"
            )
    given = values.get("W") if setting.layers else None
    if setting.layers and not given:
        raise BadInput("the state gives no layers; expected W_1, .., W_N")
    depth = len(given) if given else int(scalars.pop("N", 1))
    dims = (len(given[0][0]), *(len(w) for w in given)) if given else ()
    return Example(values, depth, dims, _sizes(theory.letters, values), scalars, sequences)


def _run(name: str, x: Mapping[int, Any], first: int) -> range:
    run = range(first, first + len(x))
    if {*x} != {*run}:
        raise BadInput(
            f"the state gives {name} at {sorted(x)}; expected every index from {first} on"
        )
    return run


def _sizes(letters: Mapping[str, Letter], values: Mapping[str, Any]) -> dict[str, int]:
    """Sizes of their own, read off the matrices."""
    found: dict[str, int] = {}
    for name, x in values.items():
        spec, m = letters[name], x
        if spec.index:
            m = x[0] if x else [[]]
        for text, size in ((spec.rows, len(m)), (spec.cols, len(m[0]))):
            if text not in ("k", "k-1", "0", "N"):
                found.setdefault(text, size)
    return found
