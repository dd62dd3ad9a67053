"""The 2 x 2 completion that collapses: W = U U^T, J = 1/2 ((w12 - 1)^2 + (w21 - 1)^2 + w22^2), W(0)
= I/100.

U' = -G U with G = dJ/dW symmetric, so W' = -(G W + W G) and (log det W)' = -2 tr G = -2 w22. The
states are w11, w12 and r = log(det W / det W(0)); then w22 = (det W + w12^2) / w11, and det W may
be far below the smallest double.
Prediction: w12 -> 1, w22 ~ 1/w11, w12 - 1 ~ -1/w11^2, so w11' = -2 (w12 - 1) w12 ~ 2/w11^2 and w11
~ (6 t)^(1/3).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction as F

from proofs.flows.matrix_flow import matrix_flow
from verify.integrate.base import DOUBLE, State, Trajectory, arranged, check_request
from verify.integrate.system import LOG, System, retimed

DET = F(1, 10**4)


def _w22(x, moment):
    return (x[2].exp() * DET + x[1] * x[1]) / x[0]


def _field(x, moment):
    g, h, w22 = (x[1] - 1) * moment.rate, _w22(x, moment) * moment.rate, _w22(x, moment)
    return [-2 * g * x[1], -g * (x[0] + w22) - h * x[1], -2 * h]


QUANTITIES = {
    "w11": lambda x, m: x[0],
    "w22": _w22,
    "J": lambda x, m: (x[1] - 1) ** 2 + _w22(x, m) ** 2 * F(1, 2),
    "r": lambda x, m: x[2],
}
REDUCED = System(
    "completion in w11, w12, log det",
    ("w11", "w12", "r"),
    (F(1, 100), F(0), F(0)),
    _field,
    quantities=QUANTITIES,
)
#: log clock only: w11 / (1 + t)^(1/3)
SCALED = System(
    "completion",
    REDUCED.names,
    REDUCED.start,
    _field,
    quantities={"w11/t^(1/3)": lambda x, m: x[0] * (m.time + 1).power(F(-1, 3))},
)
TENTH = ((F(1, 10), F(0)), (F(0), F(1, 10)))
FACTORS = matrix_flow([TENTH, TENTH], {(0, 1): F(1), (1, 0): F(1), (1, 1): F(0)})


@dataclass(frozen=True)
class Radau:
    """A stiff engine for this flow alone, in doubles and the log clock, its right-hand side written
    out by hand.
    """

    name: str = "radau"
    kind: str = DOUBLE

    def run(self, system, horizon, digits, *, samples, progress=None) -> Trajectory:
        from scipy.integrate import solve_ivp

        check_request(horizon, digits, samples)
        assert system.names == REDUCED.names and system.clock is LOG
        times = tuple(F(horizon) * j / samples for j in range(samples + 1))
        tolerance = 10.0**-digits
        found = solve_ivp(
            _slopes,
            (0, float(horizon)),
            [0.01, 0.0, 0.0],
            "Radau",
            list(map(float, times)),
            rtol=tolerance,
            atol=tolerance / 100,
            jac=_jacobian,
        )
        assert found.success, found.message
        states = tuple(
            arranged(system, [round(F(float(x)) * 2**200) for x in row], 200) for row in found.y.T
        )
        assert isinstance(states[0], State)
        return Trajectory(
            times, states, digits, 5, found.nfev, F(tolerance), F(0), self.name, self.kind
        )


def _slopes(s, x):
    a, b, r = x
    w22, t = (1e-4 * math.exp(r) + b * b) / a, math.exp(s)
    g = b - 1
    return [-2 * t * g * b, -t * (g * (a + w22) + w22 * b), -2 * t * w22]


def _jacobian(s, x):
    a, b, r = x
    det, t = 1e-4 * math.exp(r), math.exp(s)
    w, g = (det + b * b) / a, b - 1
    wa, wb, wr = -w / a, 2 * b / a, det / a
    rows = [
        [0, -2 * (2 * b - 1), 0],
        [-(g * (1 + wa) + wa * b), -(a + w + g * wb + wb * b + w), -(g + b) * wr],
        [-2 * wa, -2 * wb, -2 * wr],
    ]
    return [[t * entry for entry in row] for row in rows]


def in_log_clock() -> System:
    return retimed(REDUCED, LOG)
