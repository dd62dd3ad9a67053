"""The potential as a Python program: a module with ``gradient(beta)`` and ``potential(beta)``.

It follows the leaf of the start from beta to beta, theta' = J^T K^-1 (beta - beta_0), and on it
Dh = c K^-1 and dQ = h . d beta; so it needs no formula, and uses one where there is one.
"""

from __future__ import annotations

from verify.exact.errors import NoValue
from verify.mirror.answer import EXCLUDED, OPEN, Answer
from verify.mirror.field import Element
from verify.mirror.formula_written import PYTHON, terms
from verify.mirror.solve import summed
from verify.mirror.written import Name, Style, element, python

_BODY = '''

def _slopes(x, toward):
    """Along the leaf: those of theta, of grad Q and of Q itself are integrated together."""
    j = jacobian(x)
    v = np.linalg.solve(j @ (WEIGHTS[:, None] * j.T), toward)
    return WEIGHTS * (j.T @ v), speed(x) * v


def follow(beta, steps=400):
    """(theta on the leaf with these outputs, grad Q, Q); grad Q and Q are 0 at the start."""
    beta = np.asarray(beta, dtype=float)
    x, h, q = START.copy(), np.zeros(len(beta)), 0.0
    toward = beta - outputs(x)
    for _ in range(steps):
        parts, at, grads = [], (0.0, 0.5, 0.5, 1.0), []
        for a in at:
            y = x + a / steps * parts[-1][0] if parts else x
            g = h + a / steps * parts[-1][1] if parts else h
            parts.append(_slopes(y, toward))
            grads.append(g @ toward)
        weights = (1 / 6, 1 / 3, 1 / 3, 1 / 6)
        x = x + sum(w * p[0] for w, p in zip(weights, parts)) / steps
        h = h + sum(w * p[1] for w, p in zip(weights, parts)) / steps
        q = q + sum(w * g for w, g in zip(weights, grads)) / steps
    return x, h, q


def gradient(beta):
    """grad Q(beta), 0 at the start: along every flow it moves by minus the integral of grad L."""
    return follow(beta)[1]


def potential(beta):
    """Q(beta), the Bregman divergence of the potential from the start."""
    return follow(beta)[2]
'''


def program(a: Answer) -> str:
    """Raises NoValue where there is no potential."""
    if a.verdict in (EXCLUDED, OPEN):
        raise NoValue(f"no potential to write: {a.verdict}")
    g = a.given
    if any(i not in g.field.made for i in range(g.field.parameters, len(g.field.names))):
        raise NoValue(f"a program needs numbers: {g.sizes}")
    count = g.field.parameters
    s = python(lambda i: f"x[{i}]" if i < count else f"e{i}(x)")
    slopes = [g.field.derived(f) for f in g.outputs]
    rows = [", ".join(_of(row.get(k), s) for k in range(count)) for row in slopes]
    speed = next((summed(b.speed, b.geometry) for b in a.blocks if b.speed), g.field.number(1))
    weights = ", ".join(str(x) for x in g.field.weights)
    begin = ", ".join(f"{x.numerator} / {x.denominator}" for x in g.start)
    lines = [
        f'"""Mirror potential of {g.name}{f" at {g.sizes}" if g.sizes else ""}."""',
        "",
        "import numpy as np",
        "",
        f"START = np.array([{begin}])",
        f"WEIGHTS = np.array([{weights}])  # of the metric: 1 but on a subspace",
    ]
    for i in range(count, len(g.field.names)):
        kind, inner = g.field.made[i]
        lines += ["", "", f"def e{i}(x):", f"    return np.{kind}({element(inner, s)})"]
    for name, body in (
        ("outputs", f"np.array([{', '.join(element(f, s) for f in g.outputs)}])"),
        ("jacobian", f"np.array([[{'], ['.join(rows)}]])"),
        ("speed", element(speed, s)),
    ):
        lines += ["", "", f"def {name}(x):", f"    return {body}"]
    return "\n".join(lines) + "\n" + _BODY + _formula(a)


def _formula(a: Answer) -> str:
    """grad Q and Q in beta alone, where every block has them; "" elsewhere."""
    rows, duals = [""] * len(a.given.outputs), []
    for b in a.blocks:
        if b.formula is None or b.formula.dual is None:
            return ""
        own = python(_places(b.outputs))
        for i, row in zip(b.outputs, b.formula.gradient, strict=True):
            rows[i] = terms(row, own, PYTHON)
        duals.append(f"({terms(b.formula.dual, own, PYTHON)})")
    body = f"    g = np.array([{', '.join(rows)}])\n    return g, g @ b - ({' + '.join(duals)})\n"
    said = '    """(grad Q, Q) in beta alone: those above up to a linear function of beta."""\n'
    return f"\n\ndef formula(b):\n{said}    b = np.asarray(b, dtype=float)\n{body}"


def _places(outputs: tuple[int, ...]) -> Name:
    return lambda j: f"b[{outputs[j]}]"


def _of(f: Element | None, s: Style) -> str:
    return "0" if f is None else element(f, s)
