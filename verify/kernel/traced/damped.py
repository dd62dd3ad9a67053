"""Laws of the heavy ball theta'' = -tau theta' - dL/dtheta, by tensors, velocities v and time.

Let q = <v, F(theta)> with <v, F'(theta) v> = 0. Where no output moves along F, it is orthogonal to
the gradient of every loss, so that (exp(tau t) q)' = exp(tau t) (tau q + <-tau v, F>) = 0, and, for
a constant F, (q + tau <theta, F>)' = <-tau v, F> + tau <v, F> = 0.
"""

from verify.kernel.limits import need
from verify.kernel.traced.laws import Law, Terms, written
from verify.kernel.traced.program import Program
from verify.kernel.traced.variables import Poly, gather


def swung(law: Law, of: dict[int, Poly], program: Program) -> dict[int, Poly]:
    """F, by coordinates, from the derivatives of q; Refused where a law has no such q."""
    speeds = program.speeds
    need(not law.logs and all(
        sorted(e for v, e in m if v in speeds) == [1] and min(e for _, e in m) > 0
        for m in law.terms), "not linear in the velocities")  # fmt: skip
    turned = Poly()
    for v, x in speeds.items():
        gather(turned, 1, of.get(x, {}), (v,), program.variables)
    need(not turned, "a direction that is no isometry")
    need(not (law.still and any(x in of for x in speeds.values())), "no constant direction")
    return {x: of[v] for v, x in speeds.items() if v in of}


def slope(of: list[int], at: list[int], tau: int, still: bool) -> list[int]:
    """The gradient by tensors, velocities and time, at time 0, from that of q."""
    size = len(of) // 2
    along = of[size:]
    if still:
        return [*[tau * x for x in along], *along, 0]
    return [*of, tau * sum(v * x for v, x in zip(at[size:], along, strict=True))]


def told(law: Law, program: Program) -> str:
    """As it reads."""
    q = written(law.terms, program.name)
    if not law.still:
        return f"exp(tau t) ({q})"
    theta: Terms = {((program.speeds[m[0][0]], 1),): c for m, c in law.terms.items()}
    return f"{q} + tau ({written(theta, program.name)})"
