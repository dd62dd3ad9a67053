"""One exact instance of a claim's hypotheses, of what a source draws, and a sentence there."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from verify.claims.evidence import Checked
from verify.exact.errors import NotGeneric
from verify.models.motions import FibreFlow
from verify.terms.matrix_words import words
from verify.theories.words.drawing import Sized, drawn
from verify.theories.words.instance import Instance
from verify.theories.words.lasting import stays
from verify.theories.words.points import Relations, admitted
from verify.theories.words.search import MatrixSentence, failing, shown, sizes_of, values
from verify.theories.words.varied import varied

_MOST_SOLVED = 10  # unknown entries of b in a flow on a fibre, which is solved for
_EXAMPLES = 3  # one of so many instances is made of an author's example, where there are any


def state(sentences: Sequence[MatrixSentence], source: Random) -> Instance | None:
    """An instance that serves all sentences of one claim; relations that a sentence puts itself
    hold at some of them. None where the draw satisfies no relation.
    """
    first = sentences[0]
    own = list(first.examples())
    if own and source.randint(0, _EXAMPLES - 1) == 0:
        return varied(source.choice(own), first.frame(), {}, source)
    names = tuple(sorted({c for s in sentences for c in s.constants()}))
    dims, real = source.choice(_sizes(first)), source.choice((True, False))
    sized = Sized(dims, real, names, any(s.loss() for s in sentences))
    given = source.choice(_given(sentences))
    found = next(drawn(first.setting, first.frame(), given, sized, source), None)
    if found is not None or not own:
        return found
    return varied(source.choice(own), first.frame(), {}, source)


def _sizes(s: MatrixSentence) -> list[tuple[int, ...]]:
    """Of a flow on a fibre small ones, unless the sizes were asked for."""
    found = sizes_of(s)
    if s.sizes is not None or not isinstance(s.setting.motion, FibreFlow):
        return found
    return [d for d in found if sum(n * n for n in d[1:-1]) <= _MOST_SOLVED]


def _given(sentences: Sequence[MatrixSentence]) -> list[Relations]:
    """None, and those that the sentences put."""
    found: list[Relations] = [{}]
    for s in sentences:
        try:
            found += [o.given for o, _ in s.conclusion.doubtful(s.setting) if o.given]
        except NotGeneric:
            continue
    return found


def checked(s: MatrixSentence, x: Instance) -> Checked:
    """What refutes the sentence, evaluated at the instance, wherever its own relations hold."""
    here, known = s.frame(), 0
    try:
        doubts = list(s.conclusion.doubtful(s.setting))
    except NotGeneric as why:
        return Checked(None, str(why))
    for doubt, how in doubts:
        if doubt.given and not admitted(x, here, doubt.given):
            continue
        for index, value in values(x, here, doubt):
            known += 1
            if failing(value, how):
                at = "" if index is None else f" at k = {index}"
                if not stays(x, here, s.lasting()):
                    return Checked(None, "it fails there, and its relations may not last")
                return Checked(False, f"{words(doubt.gap)} = {shown(value)}{at} (exact)")
    return Checked(True, "exact") if known else Checked(None, "it has no value there")
