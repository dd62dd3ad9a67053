"""The fixture ``versus`` and the table of ratios at the end of the run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.pairs import Ratio, Side, child_environment, compare

_RATIOS = pytest.StashKey[list[Ratio]]()
_HEAD = ("what / against which peer", "A/B", "min", "max", "cpu", "A ms", "B ms", "pairs")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    config.stash[_RATIOS] = []
    config.option.benchmark_quiet = (
        True  # its columns would show how long a comparison took, which is no result
    )


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """For child processes; nothing is written outside the session's temporary folder."""
    return child_environment(tmp_path_factory.mktemp("children"))


@pytest.fixture
def versus(benchmark, request: pytest.FixtureRequest) -> Callable[..., Ratio]:
    """``versus(group, ours, peer, pairs)``: measure and remember, also in ``extra_info`` for
    ``--benchmark-json``.
    """

    def measure(group: str, ours: Side, peer: Side, pairs: int = 7) -> Ratio:
        ratio = compare(group, ours, peer, pairs if benchmark.enabled else 1)
        request.config.stash[_RATIOS].append(ratio)
        benchmark.group = group
        benchmark.extra_info.setdefault("ratios", []).append(
            {"ours": ours.name, "peer": peer.name, "pairs": len(ratio.pairs), **ratio.medians()}
        )
        return ratio

    def once(*arguments, **options) -> Ratio:
        if benchmark.stats is None:
            return benchmark.pedantic(
                measure, args=arguments, kwargs=options, rounds=1, iterations=1
            )
        return measure(*arguments, **options)

    return once


def pytest_terminal_summary(terminalreporter) -> None:
    ratios = terminalreporter.config.stash[_RATIOS]
    if not ratios:
        return
    terminalreporter.section(
        "ratios of interleaved pairs A B A B ..., medians; wall clock, then processor time"
    )
    groups = dict.fromkeys(r.group for r in ratios)
    for group in groups:
        rows = [_row(r) for r in ratios if r.group == group]
        width = max(len(_HEAD[0]), *(len(row[0]) for row in rows))
        terminalreporter.write_line("")
        terminalreporter.write_line(group)
        for row in (_HEAD, *rows):
            terminalreporter.write_line(
                "  " + row[0].ljust(width) + "".join(f"{cell:>10}" for cell in row[1:])
            )


def _row(ratio: Ratio) -> tuple[str, ...]:
    m = ratio.medians()
    times = (f"{m['ratio']:.2f}", f"{m['least']:.2f}", f"{m['most']:.2f}", f"{m['cpu_ratio']:.2f}")
    return (
        f"{ratio.ours} / {ratio.peer}",
        *times,
        f"{m['ours_ms']:.3g}",
        f"{m['peer_ms']:.3g}",
        str(len(ratio.pairs)),
    )
