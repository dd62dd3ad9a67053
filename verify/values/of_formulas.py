"""Questions about formulas: numbers by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from verify.exact.errors import BadInput
from verify.models.formulas import Formulas, Letter
from verify.terms.expr import Expr, dot
from verify.values.formulas import Letters
from verify.values.lower import scalar
from verify.values.question import Question, numbers
from verify.values.record import Value
from verify.values.trajectory import formula_system, later


def of_formulas(q: Question) -> Value:
    """Raises BadInput for what is not well formed, NoValue where there is none."""
    letters = numbers(q.state)
    setting, wanted, time = q.setting, q.wanted, q.time
    if setting is None:
        setting = Formulas("letters", tuple(Letter(n) for n in letters))
    if not isinstance(setting, Formulas):
        raise BadInput(
            f"setting {type(setting).__name__}; the state gives names: expected Formulas(...) or a"
            " System"
        )
    _fits(setting, letters)
    e = scalar(wanted, setting.names()) if isinstance(wanted, str) else wanted
    if not isinstance(e, Expr):
        raise BadInput(
            f"{wanted!r:.60}; expected an expression in the names of the state, or its text"
        )
    if unknown := e.constants() - {*setting.names()}:
        raise BadInput(
            f"{', '.join(sorted(unknown))} has no value; the state and the setting give"
            f" {', '.join(setting.names())}"
        )
    if (q.derivative or e.has("D")) and not setting.rates:
        raise BadInput(
            "a derivative along the flow needs rates: give a setting with rates,"
            " setting=Formulas(..., rates={...})"
        )
    e = dot(e) if q.derivative else e
    here = Letters(setting, letters)
    if time is None:
        return here.value(e, q.digits)
    system = formula_system(setting, letters)

    def answer(rows: tuple) -> Value:
        moved = {**letters, **dict(zip(system.names, rows[0], strict=True))}
        found = here.value(e, q.digits, lambda bits: moved)
        return replace(found, at=f"{found.at}, t = {time}")

    return later(system, time, q.digits, answer)


def _fits(setting: Formulas, letters: Mapping[str, Fraction]) -> None:
    """Raises BadInput unless every letter has a value of its sign, and nothing else has one."""
    if wrong := {*letters} ^ {x.name for x in setting.letters}:
        names = ", ".join(x.name for x in setting.letters)
        raise BadInput(
            f"the state gives {', '.join(letters) or 'nothing'}; expected a number for each of"
            f" {names} ({', '.join(sorted(wrong))})"
        )
    for x in setting.letters:
        if (x.sign == ">" and letters[x.name] <= 0) or (x.sign == "!=" and not letters[x.name]):
            raise BadInput(f"the state has {x.name} = {letters[x.name]}; expected {x.text()}")
