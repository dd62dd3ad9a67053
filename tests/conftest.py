"""Long tails: of each generated family of cases a fixed fraction runs by default, drawn by a seed;
all of it with ``--tail 1``.

TAILS names the functions whose cases are many of one kind: mutants, forgeries, random programs,
every claim of a list, every command in every hostile place, every engine on every flow. Which cases
run depends on their parameters alone, so that functions over one list run for the same entries and
share what they compute. Every function keeps at least one case, everything else always runs, and
what is left out is counted and said. ``make check`` runs all of it.
"""

from __future__ import annotations

import compileall
import os
import signal
import sys
from collections.abc import Callable
from fractions import Fraction
from hashlib import sha256
from math import ceil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

FRACTION = "1/20"
TAILS = (
    "golden/test_any_moment.py::test_a_signal_at_a_moment",
    "golden/test_cache.py::test_what_stands_in_place_of_the_folder",
    "golden/test_every_option.py::test_an_option_of_a_claim",
    "golden/test_exit_codes.py::test_exit_code_and_verdict",
    "golden/test_files.py::test_a_full_disk",
    "golden/test_foreign.py::test_one_that_prints_without_end_is_stopped",
    "golden/test_foreign.py::test_the_others_go_on",
    "golden/test_horizon.py::test_the_time_is_exact",
    "golden/test_horizon.py::test_what_is_refused",
    "golden/test_hostile.py::test_no_memory_at_all_is_undecided",
    "golden/test_hostile.py::test_places",
    "golden/test_hostile.py::test_streams",
    "golden/test_hostile.py::test_what_is_not_a_verdict_ends_quietly_as_well",
    "golden/test_interrupt.py::test_an_interrupt",
    "golden/test_latex.py::test_it_is_mathematics_and_says_what_was_found",
    "golden/test_latex_proofs.py::test_no_experiment_runs_for_a_text",
    "golden/test_limits.py::test_a_claim_beyond_its_limits",
    "golden/test_one_deadline.py::test_all_parts_together",
    "golden/test_one_deadline.py::test_what_is_going_on_is_named",
    "golden/test_pages.py::test_a_page_with_all_that_counts",
    "golden/test_pages.py::test_the_note_of_the_source_is_shown",
    "golden/test_plot.py::test_bytes_are_the_same_again",
    "golden/test_plot.py::test_the_file_whatever_the_hash_seed",
    "golden/test_plot.py::test_what_is_refused",
    "golden/test_plot_matrices.py::test_balancing_flows_stay_on_their_fibre_and_end_at_balance",
    "golden/test_plot_matrices.py::test_stated_rates_their_fit_and_their_near_miss",
    "golden/test_plot_matrices.py::test_the_planes_that_belong_to_a_claim",
    "golden/test_plot_matrices.py::test_the_stated_law_is_drawn_and_the_true_one_beside_it",
    "golden/test_plot_planes_as_files.py::test_bytes_are_the_same_again",
    "golden/test_plot_planes_as_files.py::test_no_letter_is_cut_off_or_covered",
    "golden/test_plot_planes_as_files.py::test_the_file_whatever_the_hash_seed",
    "golden/test_screens.py::test_junit",
    "golden/test_screens.py::test_latex_is_balanced",
    "golden/test_witness.py::test_another_loss_from_a_balanced_start",
    "kernel/test_layers.py::test_both_say_the_same",
    "kernel/test_mutants.py::test_a_change_alters_the_sentence_or_is_refused",
    "kernel/test_networks.py::test_both_say_the_same",
    "laws/test_claims.py::test_a_witness_of_need_keeps_all_other_hypotheses",
    "laws/test_claims.py::test_expected_verdict",
    "laws/test_claims.py::test_needs",
    "laws/test_claims.py::test_sentences_are_for_people",
    "laws/test_claims.py::test_verdicts_and_witnesses_are_as_recorded",
    "laws/test_claims.py::test_what_comes_with_each_verdict",
    "laws/test_deep_linear_flows.py::test_a_wrong_number_is_never_supported",
    "laws/test_enclosures.py::test_the_radius_is_what_was_asked_for",
    "laws/test_enclosures.py::test_the_true_value_is_inside",
    "laws/test_enclosures_defect.py::test_errors_of_nodes",
    "laws/test_enclosures_quantities.py::test_values_and_bounds",
    "laws/test_enclosures_refused.py::test_blow_up_is_named_with_its_time",
    "laws/test_enclosures_refused.py::test_domains_that_are_left",
    "laws/test_enclosures_tampered.py::test_lies",
    "laws/test_enclosures_tampered.py::test_one_coefficient_of_any_node_changed",
    "laws/test_every_size.py::test_each_identity_holds_entry_by_entry",
    "laws/test_integrate.py::test_agrees_with_odefun",
    "laws/test_integrate_fast.py::test_all_digits_are_those_of_the_plain_engine",
    "laws/test_integrate_heyoka.py::test_two_engines_agree_to_the_digits_asked",
    "laws/test_integrate_odefun.py::test_it_agrees_with_ours_on_the_trajectories_of_claims",
    "laws/test_moment_maps.py::test_every_claim_has_the_verdict_that_it_expects",
    "laws/test_options.py::test_an_option_has_an_effect_or_is_refused",
    "laws/test_precision.py::test_settings_are_given_back_and_change_nothing",
    "laws/test_says_nothing.py::test_prover_and_reader_write_powers_out_alike",
    "laws/test_star_entrywise.py::test_what_words_prove_holds_entry_by_entry",
    "laws/test_star_lasting.py::test_a_corner_shows_nothing",
    "laws/test_star_lasting.py::test_every_state_that_is_shown_stays",
    "laws/test_stiff.py::test_linear_flows_over_decades_of_rates",
    "laws/test_stiff.py::test_thirty_more_digits_change_nothing_that_was_promised",
    "laws/test_stiff_bounds.py::test_a_bound_that_is_too_low_is_refused",
    "laws/test_stiff_enclosures.py::test_linear_flows_are_enclosed",
    "laws/test_stiff_enclosures.py::test_the_true_solution_is_inside",
    "laws/test_stiff_enclosures.py::test_time_scales_of_training_are_enclosed",
    "laws/test_stiff_enclosures.py::test_what_an_engine_says_is_not_believed",
    "laws/test_stiff_quadratures.py::test_the_integral_of_a_slope_is_what_the_state_moved",
    "laws/test_stops.py::test_engines_stop_before_and_say_that_they_gave_up",
    "laws/test_strategies.py::test_every_family_that_moves_is_drawn",
    "laws/test_strategies.py::test_without_a_hypothesis_a_counterexample_is_found",
    "laws/test_testing_enclosures.py::test_what_is_not_decided_never_passes",
    "meta/test_actions_attacks.py::test_forgeries_are_refused",
    "meta/test_actions_attacks.py::test_what_the_prover_writes_is_accepted",
    "meta/test_actions_drawn.py::test_counts_and_dimensions",
    "meta/test_attacks_domain.py::test_divisors_of_sums_are_said",
    "meta/test_attacks_parts.py::test_work_of_a_reader_is_bounded",
    "meta/test_authors_words.py::test_a_reason_stands_where_nothing_decides",
    "meta/test_bad_input.py::test_data",
    "meta/test_bad_input.py::test_loss",
    "meta/test_bad_input.py::test_options",
    "meta/test_borders_of_limits.py::test_what_is_at_the_border_is_taken_and_beyond_it_refused",
    "meta/test_campaign.py::test_a_hole_that_is_put_back_is_found",
    "meta/test_certificates.py::test_a_tampered_cache_is_not_believed",
    "meta/test_certificates.py::test_it_is_what_the_judge_produces_today",
    "meta/test_certificates.py::test_it_speaks_of_no_other_claim",
    "meta/test_check.py::test_a_changed_certificate_is_refused_or_harmless",
    "meta/test_check.py::test_forgeries_are_refused",
    "meta/test_check_matrices.py::test_bad_numbers_are_refused",
    "meta/test_check_matrices.py::test_every_step_counts",
    "meta/test_check_matrices.py::test_true_certificates_are_accepted",
    "meta/test_determinism.py::test_json",
    "meta/test_determinism.py::test_text",
    "meta/test_determinism.py::test_what_shows_no_time",
    "meta/test_dimension_attacks.py::test_forgeries_are_refused",
    "meta/test_doors_of_sums.py::test_the_prover_proves_nothing_that_its_reader_refuses",
    "meta/test_doors_of_sums.py::test_what_is_defined_nowhere_is_not_proved",
    "meta/test_enclosure_attacks.py::test_what_is_accepted_is_true",
    "meta/test_enclosure_hostile.py::test_links_made_to_explode",
    "meta/test_enclosure_hostile.py::test_programs_made_to_explode",
    "meta/test_enclosures_shipped.py::test_a_stranger_accepts_it",
    "meta/test_enclosures_shipped.py::test_it_is_what_the_judge_produces_today",
    "meta/test_features.py::test_the_command_and_its_limits",
    "meta/test_formulas_attacks.py::test_a_changed_number_in_a_proved_sentence_is_refused",
    "meta/test_formulas_attacks.py::test_nothing_but_refusals_leaves_the_reader",
    "meta/test_latex_titles.py::test_the_head_ends_where_the_title_ends",
    "meta/test_mutants.py::test_oracle_accepts_what_is_proved",
    "meta/test_plugin.py::test_a_claim_beyond_its_limits_fails",
    "meta/test_refused_certificates.py::test_a_command_leaves_no_refused_certificate",
    "meta/test_said_of_what.py::test_moves_is_said_where_something_moves",
    "meta/test_witnesses_of_words.py::test_drawn_sentences",
)


#: files that take longest: they begin, so that no core waits at the end; xdist alone would begin
# with those that have most tests
LONGEST = (
    "laws/test_claims_at_states.py",
    "meta/test_plugin.py",
    "golden/test_interrupt.py",
    "golden/test_plot.py",
    "golden/test_plot_matrices.py",
    "golden/test_plot_planes_as_files.py",
    "laws/test_strategies.py",
    "meta/test_attacks_measured.py",
    "golden/test_limits.py",
    "golden/test_one_deadline.py",
    "meta/test_authors_words.py",
    "meta/test_architecture.py",
    "meta/test_determinism.py",
    "laws/test_integrate_fast.py",
    "meta/test_attacks_domain.py",
    "meta/test_check_matrices.py",
    "meta/test_certificates.py",
    "laws/test_formulas.py",
    "meta/test_enclosure_attacks.py",
    "meta/test_attacks_enclosures.py",
    "laws/test_rates_flows.py",
    "golden/test_exit_codes.py",
    "golden/test_cache.py",
    "golden/test_hostile.py",
    "golden/test_pages.py",
    "golden/test_screens.py",
    "meta/test_check.py",
    "laws/test_claims.py",
    "meta/test_mutants.py",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("tail", "long tails of generated cases")
    group.addoption(
        "--tail",
        metavar="F",
        type=_fraction,
        default=Fraction(FRACTION),
        help=f"fraction that runs ({FRACTION}; all: 1)",
    )
    group.addoption(
        "--tail-seed", metavar="N", type=int, default=0, help="which ones are drawn (default 0)"
    )


def _fraction(text: str) -> Fraction:
    from argparse import ArgumentTypeError

    try:
        found = Fraction(text)
    except (ValueError, ZeroDivisionError):
        found = Fraction(0)
    if not 0 < found <= 1:
        raise ArgumentTypeError(
            f"{text!r}: expected a fraction above 0, at most 1, for example 1/5"
        )
    return found


def pytest_configure(config: pytest.Config) -> None:
    """No test sees the caller's terminal, nor signals that it ignores, nor how busy the machine is;
    readline, which pytest loads, sets COLUMNS behind os.environ.
    """
    for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"):
        os.environ.pop(name, None)
        os.unsetenv(name)
    if (
        signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    ):  # a job in the background: what tests start would ignore it too
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    # a machine that is busy with something else makes no draw wrong
    settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("busy")
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False
    if sys.dont_write_bytecode and not hasattr(config, "workerinput"):
        _compile()


def _compile() -> None:
    """Where Python may write no compiled modules, each of the processes that tests start would
    compile all of ours again.
    """
    for package in ("verify", "proofs", "attack"):
        compileall.compile_dir(Path(__file__).parents[1] / package, quiet=2)


@pytest.fixture(scope="session")
def tail(request: pytest.FixtureRequest) -> Fraction:
    """The fraction that runs, for tests that draw inside."""
    return request.config.getoption("--tail")


@pytest.fixture(scope="session")
def drawn(request: pytest.FixtureRequest, tail: Fraction) -> Callable[[list[str]], list[str]]:
    """Of a list those for which functions over that list run: what they computed is there."""

    def those(names: list[str]) -> list[str]:
        ordered = sorted(names, key=lambda name: _hash(request.config, f"{name}]"))
        return ordered if tail == 1 else ordered[: ceil(len(names) * tail)]

    return those


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of each function in TAILS the cases with the smallest hashes of seed and parameters, in the
    order of the file.
    """
    rank = {name: i for i, name in enumerate(LONGEST)}
    items.sort(key=lambda i: rank.get(i.nodeid.split("::")[0].removeprefix("tests/"), len(rank)))
    if config.getoption("--tail") == 1:
        return
    families: dict[str, list[pytest.Item]] = {}
    for item in items:
        function = item.nodeid.split("[")[0]
        if function.removeprefix("tests/") in TAILS:
            families.setdefault(function, []).append(item)
    left_out: set[pytest.Item] = set()
    for family in families.values():
        left_out.update(
            sorted(family, key=lambda i: _place(config, i))[
                ceil(len(family) * config.getoption("--tail")) :
            ]
        )
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=list(left_out))


def _place(config: pytest.Config, item: pytest.Item) -> bytes:
    return _hash(config, item.nodeid.partition("[")[2])


def _hash(config: pytest.Config, parameters: str) -> bytes:
    return sha256(f"{config.getoption('--tail-seed')} {parameters}".encode()).digest()


def pytest_report_header(config: pytest.Config) -> str:
    return (
        f"long tails: {config.getoption('--tail')} of each, seed {config.getoption('--tail-seed')};"
        " all of them: --tail 1"
    )
