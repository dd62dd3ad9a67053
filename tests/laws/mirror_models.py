"""Parametrisations as a user writes them in a file: a function of the arrays that are trained, each
with its shape. ``test_mirror_models.py`` says what each of them is.
"""

from __future__ import annotations

import numpy as np

from verify.trace.functions import relu, softmax


def power_2(*, wp: (2,), wm: (2,)):
    return wp**2 - wm**2


def power_3(*, wp: (1,), wm: (1,)):
    return wp**3 - wm**3


def power_4(*, wp: (1,), wm: (1,)):
    return wp**4 - wm**4


def power_5(*, wp: (1,), wm: (1,)):
    return wp**5 - wm**5


def product(*, u: (2,), v: (2,)):
    return u * v


def untied_pairs(*, up: (1,), vp: (1,), um: (1,), vm: (1,)):
    return up * vp - um * vm


def three_layers(*, W: (3, 1)):
    return np.prod(W, axis=0)


def five_layers(*, W: (5, 1)):
    return np.prod(W, axis=0)


def warped_2(*, a: (), w: (2,)):
    return a * w


def warped_3(*, a: (), w: (3,)):
    return a * w


def two_factors(*, a: (), b: (), w: (2,)):
    return a * b * w


def cubed_factor(*, a: (), w: (2,)):
    return a**3 * w


def overlap(*, w: (3,)):
    return w[:-1] * w[1:]


def chain(*, w: (4,)):
    return w[:-1] * w[1:]


def triangle(*, w: (3,)):
    return np.stack([w[0] * w[1], w[1] * w[2], w[2] * w[0]])


def two_warped(*, a: (2,), w: (2, 2)):
    return (a[:, None] * w).ravel()


def warped_beside(*, a: (), w: (2,), u: (1,)):
    return np.concatenate([a * w, u**3])


def diagonal_of_gram(*, U: (3, 2)):
    return np.sum(U * U, axis=1)


def commuting(*, U: (2, 2)):
    M = U @ U.T
    return np.stack([M[0, 0] + M[1, 1], M[0, 1] + M[1, 0]])


def not_commuting(*, U: (2, 2)):
    M = U @ U.T
    return np.stack([2 * M[0, 0] + M[1, 1], M[0, 1] + M[1, 0]])


def gram_2(*, U: (2, 2)):
    return U @ U.T


def gram_4(*, U: (4, 4)):
    return U @ U.T


def mixed_cubes(*, w: (2,)):
    return np.array([[1, 2], [1, -1]]) @ w**3


def exponential(*, w: (2,)):
    return np.exp(w)


def hyperbolic_sine(*, w: (1,)):
    return (np.exp(w) - np.exp(-w)) / 2


def difference_of_exponentials(*, u: (2,), v: (2,)):
    return np.exp(u) - np.exp(v)


def two_layers(*, a: (2,), W: (2, 3)):
    return a @ W


def shares(*, z: (3,)):
    return softmax(z)[:2]


def h_but_no_mirror(*, x: (), y: (), z: ()):
    return np.stack([x, y + (x + z) ** 2])


def closed_or_not(*, a: (), b: ()):
    return np.stack([a**2 * b + b**2, a * b**2 + a])


def special(*, x: (), y: (), z: ()):
    return np.stack([x**2, y**2 + z**2 * x])


def logarithm(*, w: (1,)):
    return np.log(1 + w**2)


def root(*, w: (1,)):
    return np.sqrt(1 + w**2)


def dependent(*, z: (2,)):
    return softmax(z)


def constant_beside(*, z: (2,)):
    return np.stack([z[0], 0 * z[1]])


def kinked(*, u: (2,), v: (2,)):
    return relu(u) * v


def of_data(x: (2,), *, W: (2, 2)):
    return W @ x


def root_of_square(*, w: (2,), v: (2,)):
    return np.sqrt(w**2) * v


def exp_of_log(*, w: (1,), v: (1,)):
    return np.exp(np.log(w**2)) * v


def halves(*, w: (1,), v: (1,)):
    return (np.exp(w) + np.exp(w / 2) ** 2) * v


def warped_by_a_float(*, a: (), w: (2,)):
    return 0.1 * a * w


def product_by_floats(*, u: (2,), v: (2,)):
    return np.array([0.3, -1.7]) * u * v


def cubes_mixed_by_floats(*, w: (2,)):
    return np.array([[0.1, 2.3], [1.7, -0.4]]) @ w**3


def exponentials_of_products(*, q: (2,), k: (2,)):
    return np.exp(q * k)


def exp_factor(*, a: (), w: (2,)):
    return np.exp(a) * w


def exp_of_square_factor(*, a: (), w: (2,)):
    return np.exp(a**2) * w


def alternating(*, w: (3,), v: (3,)):
    outputs = []
    for k in range(3):
        outputs.append(w[k] * v[k] if k % 2 else w[k] ** 2 - v[k] ** 2)
    return np.stack(outputs)


def tangent(*, w: (2,)):
    return np.tanh(w)


def cubed_pairs(*, u: (2,), v: (2,)):
    return (u * v) ** 3


def on_a_curve(*, x: (), y: (), z: (), w: ()):
    return np.stack([x**2 - y**2, z**2 + w**2 + (x * y - 1) ** 2 * z])


def with_a_critical_point(*, w: (1,)):
    return w**3 - 3 * w
