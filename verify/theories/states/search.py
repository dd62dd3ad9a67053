"""Refutation by an exact witness, and the moving instance that keeps a proof from being about
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from verify.claims.evidence import Checked, Witness
from verify.claims.sentence import Sentence
from verify.exact.errors import no_value_there
from verify.exact.rings import Exact, Inexact, ReadBall, Ring
from verify.models.jets import Motion, assignments
from verify.models.point import Point

T = TypeVar("T")
_MOST_BEYOND = 4  # points whose numbers grow too long, before the search ends
_UNDEFINED = (Inexact, ZeroDivisionError, IndexError, KeyError, OverflowError)


def motion(sentence: Sentence, point: Point, ring: Ring) -> Motion:
    """The flow at a point, expanded as far as the sentence looks."""
    order = sentence.conclusion.order()
    return Motion(point, ring, order, decay=sentence.setting.decay, balanced=sentence.balanced)


def fails_in(sentence: Sentence, point: Point, ring: Ring) -> Witness | None:
    """A certified failure at one point, over one ring. Raises Inexact where the ring cannot
    tell.
    """
    flow = motion(sentence, point, ring)
    for scope in assignments(sentence.free_indices(), point.depth, point.width, sentence.pair()):
        failure = sentence.conclusion.fails(flow, scope)
        if failure is not None:
            return Witness(sentence, point, scope, failure, ring.name)
    return None


def fails_at(sentence: Sentence, point: Point) -> Witness | None:
    """In fractions where they suffice, otherwise in balls that exclude zero; None also where the
    sentence is not defined.
    """
    return _in_a_ring(lambda ring: fails_in(sentence, point, ring), None)


def _in_a_ring(decide: Callable[[Ring], T], otherwise: T) -> T:
    """By fractions, else by balls; ``otherwise`` where neither tells, or nothing is defined."""
    for ring in (Exact(), ReadBall()):
        try:
            return decide(ring)
        except Inexact:
            continue
        except _UNDEFINED:
            break
    return otherwise


def checked(sentence: Sentence, point: Point) -> Checked:
    """The sentence at one point: in fractions, where they suffice; balls can show that it fails.
    A hypothesis that the point violates is not used: q is u_1^2 at balanced points alone.
    """
    kept = tuple(h for h in sentence.assuming if h.violated(point) is None)
    sentence = replace(sentence, assuming=kept)
    conclusion = sentence.conclusion
    if not conclusion.exact:
        trap = conclusion.trapped([point])
        if trap is None:
            return Checked(None, "it is measured along trajectories")
        return Checked(False, f"{trap.failure.what} = {trap.failure.value} ({trap.rule})")
    why = ""
    for ring in (Exact(), ReadBall()):
        try:
            witness = fails_in(sentence, point, ring)
        except Inexact as inexact:
            why = str(inexact)
            continue
        except ArithmeticError as fault:
            return Checked(None, no_value_there(fault))
        except (IndexError, KeyError) as undefined:
            return Checked(None, f"it is not defined there: {undefined}")
        if witness is not None:
            return Checked(False, f"{witness.failure.what} = {witness.failure.value} ({ring.name})")
        if ring.name == "exact":
            return Checked(True, "exact")
    return Checked(None, f"its balls contain 0, and it is not rational there: {why}")


def refute(sentence: Sentence, candidates: Iterable[Point]) -> Witness | None:
    """The first candidate at which the conclusion fails in exact fractions; only then balls."""
    found, tried, beyond = None, list[Point](), 0
    for ring, places in ((Exact(), candidates), (ReadBall(), tried)):
        for point in places:
            try:
                found = fails_in(sentence, point, ring)
            except OverflowError:  # no reader would compute it, in balls either
                beyond += 1
                if beyond == _MOST_BEYOND:
                    return None
                continue
            except _UNDEFINED:
                pass
            if found is not None:
                return found
            if places is candidates:
                tried.append(point)
    return None


def trapped(sentence: Sentence, candidates: Iterable[Point]) -> Witness | None:
    """Of a conclusion that is measured: the first candidate from which it certainly fails."""
    found = sentence.conclusion.trapped(candidates)
    return (
        None
        if found is None
        else Witness(sentence, found.point, {}, found.failure, "exact", found.rule)
    )


def moves(sentence: Sentence, point: Point) -> bool:
    """theta' != 0 with certainty: in fractions, or in balls that exclude zero."""

    def somewhere(ring: Ring) -> bool:
        flow = Motion(point, ring, 1, decay=sentence.setting.decay)
        return any(ring.sign(jet.c[1]) for row in flow.u for jet in row)

    return _in_a_ring(somewhere, False)


def defined(sentence: Sentence, point: Point) -> bool:
    """Every conclusion of the claim has a value at the point: the statement is not about
    nothing.
    """
    together = [
        replace(sentence, conclusion=c) for c in (sentence.conclusion, *sentence.beside) if c.exact
    ]
    return all(_evaluates(s, point) for s in together)


def _evaluates(sentence: Sentence, point: Point) -> bool:
    return _in_a_ring(lambda ring: (True, fails_in(sentence, point, ring))[0], False)


def moving_instance(sentence: Sentence, candidates: Iterable[Point]) -> Point | None:
    """The first candidate at which the weights move and the statement is defined."""
    return next((p for p in candidates if moves(sentence, p) and defined(sentence, p)), None)
