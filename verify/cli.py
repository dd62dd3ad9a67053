"""The command line. No code per claim: options are fields of a request, claims are found, the judge decides."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from verify.errors import BadInput, EnginesDisagree
from verify.verdict import INTERNAL, INTERRUPTED, NO_MATCH, UNSETTLED, USAGE

_FORMATS = click.Choice(["text", "json", "junit"])
_VERDICTS = click.Choice(["proved", "enclosed", "supported", "vacuous", "refuted"], case_sensitive=False)


def run(arguments: list[str]) -> int:
    """Every outcome becomes an exit code here; nothing leaves as a traceback."""
    try:
        return int(cli.main(arguments, prog_name="verify", standalone_mode=False) or 0)
    except BadInput as error:
        return _complain(str(error), USAGE)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        return _complain("interrupted", INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        return UNSETTLED  # nobody read the verdict: never success
    except EnginesDisagree as error:
        return _complain(f"internal error, nothing is reported: {error}", INTERNAL)
    except MemoryError:
        return _complain("out of memory: ask for fewer digits or a smaller depth and width", 4)
    except OSError as error:
        return _complain(f"{error.filename or 'output'}: {error.strerror or error}", USAGE)
    except Exception as error:
        return _complain(f"internal error, please report it: {type(error).__name__}: {error}", INTERNAL)


def _complain(message: str, code: int) -> int:
    click.echo(f"verify: {message}", err=True)
    return code


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="flowlaw", prog_name="verify")
def cli() -> None:
    """Prove, refute and measure claims about gradient-flow training dynamics.

    Exit codes: 0 as expected or stronger, 1 contradicted, 2 bad input, 3 internal, 4 unsettled, 5 no match, 130 interrupted.
    """


def output_options(command):
    command = click.option("--output", type=click.Path(path_type=Path), help="Write the result to a file.")(command)
    return click.option("--format", "form", type=_FORMATS, default="text", show_default=True)(command)


@cli.command()
@click.argument("name")
@click.option("--depth", help="Depth L of the instance.")
@click.option("--width", help="Width n of the instance.")
@click.option("--sizes", metavar="d_0,..,d_N", help="Sizes of the matrices of the instance: 2,3,1,2 for three layers.")
@click.option("--loss", help="A loss by name, or an expression in B, W, N, m, w1, w2, ... such as '-B/(W+N)'.")
@click.option("--data", help="iris, wine, breast-cancer, digits, or a CSV file.")
@click.option("--label", help="Label column of the CSV file.")
@click.option("--drop", multiple=True, metavar="COLUMN", help="Leave out a column of the data; may be repeated.")
@click.option("--start", help="File with L lines of n rationals.")
@click.option("--digits", default="50", show_default=True, help="Digits of the numeric part.")
@click.option("--seed", default="0", show_default=True)
@click.option("--without", multiple=True, metavar="HYPOTHESIS", help="Drop a hypothesis; may be repeated.")
@click.option("--as-printed", is_flag=True, help="Decide what the paper prints, where a claim corrects it.")
@click.option("--expect", type=_VERDICTS, help="The verdict that gives exit code 0.")
@click.option("--at-least", type=_VERDICTS, help="Anything weaker gives exit code 4.")
@click.option("--no-cited", is_flag=True, help="Refuse proofs that use a cited theorem.")
@click.option("--no-numeric", is_flag=True, help="Skip the high-precision experiments.")
@click.option("--certificate", type=click.Path(path_type=Path), help="Write the certificate to this file.")
@click.option("--horizon", metavar="T", help="Follow trajectories to this time of their clock: 100, 1/2 or 0.25.")
@click.option("--plot", metavar="FILE", type=click.Path(path_type=Path), help="Draw the trajectory: a .svg, .pdf or .png file.")
@click.option("--plot-time", type=click.Choice(["linear", "log"]), help="Time axis of the picture.  [default: what suits the flow]")
@output_options
def claim(name: str, **options) -> int:
    """Decide one claim, or every claim that matches a glob."""
    from verify.commands.claim import decide_named

    return decide_named(name, **options)


@cli.command("list")
@click.argument("pattern", default="*")
@click.option("--source", help="Only claims from this arXiv id, or own: drafts of one's own.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def list_(pattern: str, source: str | None, form: str) -> int:
    """The claims that are installed: id, statement, source, expected verdict."""
    from verify.commands.show import list_claims

    return list_claims(pattern, source, form)


@cli.command()
@click.argument("name")
@click.option("--latex", is_flag=True, help="A theorem environment with its proof.")
def show(name: str, latex: bool) -> int:
    """Statement, hypotheses and source of a claim."""
    from verify.commands.show import show_claim

    return show_claim(name, latex)


@cli.command()
@click.argument("name")
def explain(name: str) -> int:
    """The proof step by step: which hypothesis and which rule each step uses."""
    from verify.commands.show import explain_claim

    return explain_claim(name)


@cli.command("all")
@click.argument("pattern", default="*")
@click.option("--workers", default="2", show_default=True)
@click.option("--seconds", default="120", show_default=True, help="Time limit for one claim.")
@click.option("--memory", default="4096", show_default=True, help="Memory limit for one claim, in MiB.")
@click.option("--seed", default="0", show_default=True)
@click.option("--fresh", is_flag=True, help="Do not resume from certificates of earlier runs.")
@output_options
def all_(pattern: str, **options) -> int:
    """Decide all claims in parallel, each in its own process."""
    from verify.commands.all import decide_all

    return decide_all(pattern, **options)


@cli.command()
@click.argument("certificate", type=click.Path(path_type=Path))
def replay(certificate: Path) -> int:
    """Re-check a certificate: no search, no cache, no prover."""
    from verify.commands.replay import reread

    return reread(certificate)


@cli.command()
def doctor() -> int:
    """Versions, engines, and planted false claims that must be caught."""
    from verify.commands.doctor import examine

    return examine()


def no_match(pattern: str) -> int:
    """Exit code 5, said aloud."""
    return _complain(f"no claim matches {pattern!r}; see: verify list", NO_MATCH)
