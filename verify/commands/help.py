"""What ``--help`` says of each command. Not as docstrings, which ``python -OO`` leaves out."""

from __future__ import annotations

HELP = {
    "cli": """\
Prove, refute and measure claims about gradient-flow training dynamics.

Exit codes: 0 as expected or stronger, 1 contradicted, 2 bad input, 3 internal, 4 unsettled, or
nobody read the result, 5 no match, 130 interrupted, 143 terminated, 129 hung up.
""",
    "claim": """\
Decide one claim, or several: NAME is an id, a glob, FILE.py, FILE.py::NAME or a folder with files
claims_*.py.
""",
    "claim --html": "Write a page to browse; with --plot FILE.svg its picture stands in it.",
    "all --html": """\
Write pages to browse, of every claim and paper. What an earlier run with --html has judged is not
judged again: sealed, for these files and versions only, its certificates read again.
""",
    "--style": "Of --plot: for a screen, or for a paper (typeset, no names; the caption is yours).",
    "--panel": "Of --plot: one panel alone, by its letter.",
    "--width-mm": "Of --plot: how wide, in millimetres.",
    "--plot-data": "Of --plot: its numbers, one point to a row.",
    "--executor": "Where the work runs: local, processes:N, or dask://HOST:PORT, a Dask cluster.",
    "list": """\
The claims that are installed, or those of FILE.py or a folder: id, statement, source, expected
verdict.
""",
    "show": """\
Statement, hypotheses and source of a claim, also of FILE.py, FILE.py::NAME or a folder.
""",
    "explain": """\
The proof step by step: which hypothesis and which rule each step uses.
""",
    "all": """\
Decide all claims in parallel, each in its own process: those installed, or those of FILE.py or a
folder.
""",
    "new": """\
Write a file of claims to begin with: one that is true, and one that is false. Nothing is
overwritten.
""",
    "value": """\
The value of an expression at an exact state: exact, or enclosed.

EXPRESSION is text as it is printed, such as 'sum_i |w_i|^(2/L)'; ID:CONCLUSION of an installed
claim; or FILE.py::NAME, where NAME is an expression, a System, or ID.CONCLUSION. Exit code 4
where there is no value.
""",
    "ode": """\
The equations of a model, derived from its phi: for every size, and entry by entry where sizes are
given. Without MODEL: the models.

Formats sympy and python are programs at given sizes, or at the usual ones. Exit code 4 where the
entries are too many to write.
""",
    "candidates": """\
What a model conserves, derived from its phi: linear symmetries, moment maps, quadratic laws, what a
scale-invariant loss adds, and what follows at balance. Without MODEL: the models.

Each law with its status, and the installed claim that states it. Exit code 4 where the model is
too large to be solved.
""",
    "discover": """\
All conservation laws of a model, and whether they are all: MODEL is one of the house, or
FILE.py:NAME, a function such as def model(x: (2,), *, W1: (3, 2), W2: (2, 3)) over NumPy arrays,
inputs before the *, tensors that are trained after it. Without MODEL: the models.

Laws are written in the tensors' names and proved; their number is bounded from above exactly. Exit
code 0 where the two meet, else 4. --law TEXT decides one law as it is written there: 0 proved,
1 refuted at an exact state, 4 neither.

The certificate holds laws that are proved, and their number up to 64 parameters; laws that the
kernel does not read are named and left out. Laws under While, on an invariant set alone, are the
engine's, and the counts near one state.
""",
    "mirror": """\
Whether the gradient flow of a model is a mirror flow in its outputs, for every loss of them, from a
start: the potential, or an exact exclusion. MODEL is one of the house (none: they are listed), or
FILE.py:NAME, a function of the arrays that are trained with their shapes. In --sizes D,2 a degree
stays the letter D, for every D > 2.

Format python is a program with the potential and its gradient. Exit code 4 where it is undecided,
2 where the Jacobian at the start has not full rank.
""",
    "experiment": """\
Run an experiment of a paper again, with its dimensions, grids and seed: a table, a figure, and what
is asserted, by a theorem or only seen. Without NAME: the experiments.

Exit code 1 where what a theorem backs fails, 4 where something that was only seen does.
""",
    "paper": """\
Audit a paper: FILE.toml lists its statements, each with the claims that say it as printed and as
corrected. A folder: every *.toml in it.

Words: verified in scope (PROVED or ENCLOSED), falsified, not decided, out of scope.
""",
    "replay": """\
Re-check a certificate: no search, no cache, no prover.
""",
    "doctor": """\
Versions, engines, and planted false claims that must be caught.
""",
}
