"""The innermost loop of the compiled engine, in LLVM's vectors of eight doubles.

Digits are whole numbers of at most 2^23 in size: singles hold them. Products of two have at most 46
bits, so that a lane of doubles adds up ``MOST_PRODUCTS`` of them exactly: neither the order of the
additions nor a fused multiply-add changes anything, anywhere.

Imports numba: only ``verify.integrate.kernels`` imports this module.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core.cgutils import get_or_insert_function
from numba.extending import intrinsic

LANES = 8
WIDE = 4  # columns at a time
MOST_PRODUCTS = 128  # of 2^46 each, in the 53 bits of a double

_INT, _VECTOR, _STORED = (
    ir.IntType(64),
    ir.VectorType(ir.DoubleType(), LANES),
    ir.VectorType(ir.FloatType(), LANES),
)


def _const(x: int) -> ir.Constant:
    return ir.Constant(_INT, x)


@intrinsic
def block(
    typingctx: Any,
    f: Any,
    d: Any,
    n: Any,
    acc: Any,
    x: Any,
    y: Any,
    jx: Any,
    jy: Any,
    a0: Any,
    a1: Any,
    k: Any,
    s: Any,
    plane: Any,
) -> Any:
    """d[acc + 8 i + lane] += sum over digits a = a0..a1 and orders t of x_t[a] y_(s-t)[k + i - a],
    i = 0..3.

    Returns how many products a lane has got.

    ``f[x + a plane + t]`` is digit a of x_t, ``f[y + b plane + t]`` digit b of y_(s-t), zero for t
    > s. ``n[jx + a]`` is the last order with a digit at or above a, ``n[jy + b]`` likewise: pairs
    of orders beyond them are left out. b runs from -3 to 3 more than the last digit. Requires a0 <=
    a1.
    """
    return types.int64(f, d, n, *[types.int64] * len(_NAMES)), _generate


_NAMES = ("acc", "x", "y", "jx", "jy", "a0", "a1", "k", "s", "plane")


def _generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
    f, d, n = [
        context.make_array(t)(context, builder, a).data
        for t, a in zip(signature.args[:3], args[:3], strict=True)
    ]
    return _Loops(builder, f, d, n, dict(zip(_NAMES, args[3:], strict=True))).outer()


class _Loops:
    def __init__(
        self, builder: Any, digits: Any, doubles: Any, numbers: Any, arguments: dict[str, Any]
    ) -> None:
        self.b, self.digits, self.doubles, self.numbers, self.n = (
            builder,
            digits,
            doubles,
            numbers,
            arguments,
        )

    def outer(self) -> Any:
        """Over the digits a of x."""
        b, n = self.b, self.n
        slots = [self._vector(b.add(n["acc"], _const(LANES * i))) for i in range(WIDE)]
        begin = b.block
        loop, done = b.append_basic_block("digit"), b.append_basic_block("done")
        start = [b.load(p, align=8) for p in slots]
        b.branch(loop)
        b.position_at_end(loop)
        a, count = b.phi(_INT), b.phi(_INT)
        sums = [b.phi(_VECTOR) for _ in slots]
        low = b.sub(n["k"], a)
        last = self._least(n["s"], self._number(b.add(n["jx"], a)), ">")
        first = self._least(b.sub(n["s"], self._number(b.add(n["jy"], low))), _const(0), "<")
        first = b.and_(first, _const(-LANES))
        totals, more = self._inner(a, low, first, last, sums, count)
        for phi, value, later in zip(
            [a, count, *sums],
            [n["a0"], _const(0), *start],
            [b.add(a, _const(1)), more, *totals],
            strict=True,
        ):
            phi.add_incoming(value, begin)
            phi.add_incoming(later, b.block)
        b.cbranch(b.icmp_signed("<", a, n["a1"]), loop, done)
        b.position_at_end(done)
        for p, total in zip(slots, totals, strict=True):
            b.store(total, p, align=8)
        return more

    def _inner(
        self, a: Any, low: Any, first: Any, last: Any, sums: list[Any], count: Any
    ) -> tuple[list[Any], Any]:
        """Over the orders, eight at a time; nothing where first > last."""
        b, n = self.b, self.n
        x = b.add(n["x"], b.mul(a, n["plane"]))
        ys = [b.add(n["y"], b.mul(b.add(low, _const(i)), n["plane"])) for i in range(WIDE)]
        before = b.block
        loop, after = b.append_basic_block("orders"), b.append_basic_block("next")
        b.cbranch(b.icmp_signed("<=", first, last), loop, after)
        b.position_at_end(loop)
        t, c = b.phi(_INT), b.phi(_INT)
        inner = [b.phi(_VECTOR) for _ in sums]
        left = self._digits(b.add(x, t))
        totals = []
        for y, total in zip(ys, inner, strict=True):
            right = self._digits(b.add(y, t))
            totals.append(self._multiply_add(left, right, total))
        following, more = b.add(t, _const(LANES)), b.add(c, _const(1))
        for phi, value, later in zip(
            [t, c, *inner], [first, count, *sums], [following, more, *totals], strict=True
        ):
            phi.add_incoming(value, before)
            phi.add_incoming(later, loop)
        b.cbranch(b.icmp_signed("<=", following, last), loop, after)
        b.position_at_end(after)
        results = []
        for value, later in zip([count, *sums], [more, *totals], strict=True):
            phi = b.phi(value.type)
            phi.add_incoming(value, before)
            phi.add_incoming(later, loop)
            results.append(phi)
        return results[1:], results[0]

    def _multiply_add(self, x: Any, y: Any, total: Any) -> Any:
        kind = ir.FunctionType(_VECTOR, [_VECTOR] * 3)
        return self.b.call(
            get_or_insert_function(self.b.module, kind, f"llvm.fmuladd.v{LANES}f64"), [x, y, total]
        )

    def _number(self, at: Any) -> Any:
        return self.b.load(self.b.gep(self.numbers, [at]))

    def _least(self, x: Any, y: Any, test: str) -> Any:
        """y where x test y, else x."""
        return self.b.select(self.b.icmp_signed(test, x, y), y, x)

    def _digits(self, at: Any) -> Any:
        stored = self.b.load(
            self.b.bitcast(self.b.gep(self.digits, [at]), _STORED.as_pointer()), align=4
        )
        return self.b.fpext(stored, _VECTOR)

    def _vector(self, at: Any) -> Any:
        return self.b.bitcast(self.b.gep(self.doubles, [at]), _VECTOR.as_pointer())
