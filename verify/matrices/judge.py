"""The judge's part for claims about matrices of every size: proofs by words, witnesses and instances exact, certificates re-read."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, pairwise
from time import perf_counter

from verify.certified import Certified, read
from verify.claim import Break, Claim
from verify.conclusions.of_matrices import Aid, OfMatrices
from verify.errors import BadInput, EnginesDisagree
from verify.evidence import Needed, Outcome, Report
from verify.matrices.certificate import proved, refuted
from verify.matrices.constants import right_constant
from verify.matrices.frame import roles_said
from verify.matrices.instance import vanishes
from verify.matrices.nothing import says_nothing
from verify.matrices.points import refused
from verify.matrices.prove import MatrixProof, NoProof, prove
from verify.matrices.search import MatrixSentence, doubtful, moving_instance, points, refute, shown, values, without
from verify.request import Request
from verify.settings.matrices import Matrices
from verify.star.relation import free_indices
from verify.star.roles import circular
from verify.star.words import words
from verify.verdict import Verdict, weakest

Progress = Callable[[str], None]
_CROSS_CHECKED = 4
_MOST_ENTRIES = 400  # of an exact instance, which the reader multiplies out
_MOST_SOLVED = 120  # where b has to be solved for


def judge(claim: Claim, request: Request, progress: Progress) -> Report:
    """Decide every conclusion. Raises BadInput for an option that does not apply, EnginesDisagree for a defect of ours."""
    began = perf_counter()
    setting = claim.setting
    assert isinstance(setting, Matrices)
    slip = refused(setting)
    if slip:
        raise BadInput(f"claim {claim.id}: {slip}")
    sizes = sizes_asked(claim, request)
    dropped = tuple(claim.hypothesis(name) for name in request.without)
    assuming = tuple(h for h in claim.assuming if h not in dropped)
    sentences = {
        n: MatrixSentence(setting, assuming, c, sizes, request.seed, request.depth or claim.depth)  # type: ignore[arg-type]
        for n, c in claim.concluding.items()
    }
    outcomes = {}
    for name, sentence in sentences.items():
        progress(f"{claim.id}: {name}")
        outcomes[name] = decide(sentence, claim.hints.get(name, Aid()), request)  # type: ignore[arg-type]
    decided = perf_counter()
    refuted_one = any(o.verdict is Verdict.REFUTED for o in outcomes.values())
    progress(f"{claim.id}: is every hypothesis needed?")
    needed = () if refuted_one else tuple(_needed(claim, sentences, h.id) for h in assuming)
    certificate, outcomes = _certified(claim, setting, assuming, outcomes)
    timing = {"proof": decided - began, "numeric": 0.0, "necessity": perf_counter() - decided}
    return _report(claim, request, sentences, outcomes, needed, certificate, timing)


def sizes_asked(claim: Claim, request: Request) -> tuple[int, ...] | None:
    """d_0..d_N of the instances, where the user asks for some. Raises BadInput."""
    if request.dims is None and request.depth is None and request.width is None:
        return None
    dims = request.dims or (request.width or 2,) * ((request.depth or claim.depth) + 1)
    for option, asked, found in (("--depth", request.depth, len(dims) - 1), ("--width", request.width, max(dims))):
        if asked is not None and asked != found:
            raise BadInput(f"{option} {asked} contradicts --sizes {','.join(map(str, dims))}: leave {option} out")
    if not claim.setting.layers:  # type: ignore[attr-defined]
        raise BadInput(f"{claim.id} has no layers W_1, .., W_N: leave --depth, --width and --sizes out")
    entries = sum(m * n for m, n in pairwise(dims))
    most = _MOST_SOLVED if claim.setting.motion.kind == "fibre-flow" else _MOST_ENTRIES  # type: ignore[attr-defined]
    if entries > most:
        raise BadInput(
            f"--sizes {','.join(map(str, dims[:9]))}: an exact instance with {entries} entries, more than {most};"
            " the proof holds for every size: ask for a smaller instance"
        )
    if claim.setting.square and len(set(dims)) > 1:  # type: ignore[attr-defined]
        raise BadInput(f"--sizes {','.join(map(str, dims))}: {claim.id} is about square layers, all of one size")
    return dims


def decide(s: MatrixSentence, aid: Aid, request: Request) -> Outcome:
    """Proved with an instance that moves, refuted by a witness, or neither."""
    empty = _empty(s)
    if empty:
        return Outcome(s, Verdict.VACUOUS, empty)  # type: ignore[arg-type]
    proof = prove(s.setting, s.assuming, s.conclusion, aid)
    witness = refute(s)
    if isinstance(proof, NoProof):
        if witness is None:
            reason = f"no proof ({proof.reason}) and no witness among the instances searched{doubtful(s)}{_circle(s)}"
            return Outcome(s, Verdict.UNDECIDED, reason)  # type: ignore[arg-type]
        return Outcome(s, Verdict.REFUTED, "an exact witness violates it" + right_constant(s, aid), witness=witness)  # type: ignore[arg-type]
    if witness is not None:
        raise EnginesDisagree(f"{s.conclusion.render()}: proved for every size, yet {witness.text()}")
    if proof.cited and not request.cited:
        reason = f"the proof uses {', '.join(proof.cited)}, which --no-cited refuses"
        return Outcome(s, Verdict.UNDECIDED, reason)  # type: ignore[arg-type]
    return _proved(s, proof)


def _proved(s: MatrixSentence, proof: MatrixProof) -> Outcome:
    instance = moving_instance(s)
    if instance is None:
        why = f": {proof.lasting.doubt}" if proof.lasting.doubt else ""
        why += _circle(s)
        return Outcome(s, Verdict.UNDECIDED, f"no instance that satisfies all hypotheses, lasts and moves was found{why}")  # type: ignore[arg-type]
    compared = _cross_check(s, proof)
    steps = sum(map(len, proof.steps.values())) + sum(len(x.steps) + len(x.base) for x in proof.lemmas)
    used = sorted({c.relation for steps in proof.steps.values() for c in steps} | {x.lemma.name for x in proof.lemmas})
    by = f", {steps} reductions by {', '.join(used)}" if used else ""
    count = len(proof.obligations)
    reason = f"{count} identit{'y' if count == 1 else 'ies'} of words reduced to zero{by}; multiplied out at {compared} exact instances"
    return Outcome(s, Verdict.PROVED, reason, reach(s.setting), proof.cited, (*proof.rules, *proof.cited), proof, instance)  # type: ignore[arg-type]


def reach(setting: Matrices) -> str:
    """Depths and sizes of which a proof speaks."""
    size = "every square size" if setting.square else "every size"
    least = max(setting.least_depth, 1)
    return f"every depth{f' >= {least}' if least > 1 else ''}, {size}" if setting.layers else size


def _circle(s: MatrixSentence) -> str:
    """A clause on definitions of letters by one another: nothing can be drawn for them."""
    names = circular(e for es in s.setting.definitions.values() for e in es)
    if not names or any(s.examples()):
        return ""
    return f"; definitions make {', '.join(sorted(names))} of one another, in a circle: give an Example that satisfies them"


def _cross_check(s: MatrixSentence, proof: MatrixProof) -> int:
    """The obligations, multiplied out at exact instances of unequal sizes, must vanish. Counts the values that were compared."""
    here, count = s.frame(), 0
    for o in proof.obligations:
        for x in islice(points(s, o.given), _CROSS_CHECKED):
            count += 1
            for index, value in values(x, here, o):
                if not vanishes(value):
                    raise EnginesDisagree(f"{words(o.gap)}: proved to vanish, yet it is {shown(value)} at k = {index}, {x.text()}")
    return count


def _empty(s: MatrixSentence) -> str | None:
    """Why the sentence says nothing here."""
    first, less = s.conclusion.place()
    parts = s.conclusion.parts()
    if s.sizes is not None and len(s.sizes) - 1 < s.setting.least_depth:
        return f"the statement is about depth >= {s.setting.least_depth}"
    if s.sizes is not None and any("k" in free_indices(e) for e in parts) and len(s.sizes) - 1 - less < first:
        return f"at depth {len(s.sizes) - 1} there is no k = {first}..N-{less}"
    return says_nothing(s)


def _needed(claim: Claim, sentences: dict[str, MatrixSentence], hypothesis: str) -> Needed:
    hint = next((b for b in claim.breaks if b.hypothesis == hypothesis), Break(hypothesis))
    if hint.not_needed:
        return Needed(hypothesis, "stated", "not shown", hint.said)
    for s in sentences.values():
        witness = refute(without(s, hypothesis))
        if witness is not None:
            return Needed(hypothesis, "point", "needed", "", witness)
    still = all(
        isinstance(prove(s.setting, without(s, hypothesis).assuming, s.conclusion, Aid()), MatrixProof) for s in sentences.values()
    )
    if still:
        return Needed(hypothesis, "point", "not needed", "the same conclusions are PROVED without it")
    return Needed(hypothesis, "point", "not shown", "no witness found: its need is not shown")


def _certified(
    claim: Claim, setting: Matrices, assuming: tuple, outcomes: dict[str, Outcome]
) -> tuple[Certified | None, dict[str, Outcome]]:
    """Nothing counts that the independent reader does not accept."""
    false = [n for n, o in outcomes.items() if o.verdict is Verdict.REFUTED]
    true = {n: o for n, o in outcomes.items() if o.verdict is Verdict.PROVED}
    if not false and not true:
        return None, outcomes
    body = refuted(claim, setting, assuming, false[0], outcomes[false[0]]) if false else proved(claim, setting, assuming, true)
    certificate = read(body)
    if not certificate.refusal:
        return certificate, outcomes
    about = false[:1] or list(true)
    return None, {n: o.refused("check_matrices.py", certificate.refusal) if n in about else o for n, o in outcomes.items()}


def _report(claim, request, sentences, outcomes, needed, certificate, timing) -> Report:
    verdict = weakest(o.verdict for o in outcomes.values())
    expected, code, notes = request.closing(claim, verdict)
    assumed = [h for h in claim.assuming if h.id not in request.without]
    given = f"If {' and '.join(h.prose() for h in assumed)}: " if assumed else ""
    return Report(
        claim=claim.id,
        title=claim.title,
        source=claim.source.text(),
        statement=given + "; ".join(c.render() for c in claim.concluding.values()),
        setting=_setting(claim.setting, sentences),
        parameters={"sizes": next(iter(sentences.values())).sizes, "without": list(request.without)},
        hypotheses=tuple((h.id, h.prose(), h.when) for h in claim.assuming),
        dropped=tuple((name, f"asked for with --without {name}") for name in request.without),
        outcomes=outcomes,
        measured=(),
        needed=needed,
        verdict=verdict,
        expected=expected,
        notes=tuple(notes),
        certificate=certificate,
        seed=request.seed,
        exit=code,
        timing=timing,
    )


def _setting(setting: Matrices, sentences: dict[str, MatrixSentence]) -> str:
    """What moves, and the meaning of the letters that the sentences use."""
    parts = [e for s in sentences.values() for e in s.conclusion.parts()]
    parts += [x for s in sentences.values() for h in s.assuming for e in h.equations for x in (e.left, e.right)]
    s = next(iter(sentences.values()))
    said = [setting.title(), *roles_said(setting, s.assuming), *([detail] if (detail := setting.detail(*parts)) else [])]
    return "; ".join(said)


def told(claim: Claim, name: str) -> list[str]:
    """The proof of one conclusion, step by step."""
    setting, conclusion = claim.setting, claim.concluding[name]
    assert isinstance(setting, Matrices) and isinstance(conclusion, OfMatrices)
    proof = prove(setting, claim.assuming, conclusion, claim.hints.get(name, Aid()))  # type: ignore[arg-type]
    if isinstance(proof, NoProof):
        return [f"No proof: {proof.reason}"]
    from verify.matrices.steps import lines

    return lines(proof)
