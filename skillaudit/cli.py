"""The command line. The commands are loaded when one runs: ``--version`` costs the interpreter and click."""

import gc
import os
import signal
import sys

import click

from skillaudit import __version__, completion
from skillaudit.demands import Demand, Trust
from skillaudit.errors import ENDING_SIGNALS, EndedError, ExitCode, SkillauditError, told_internally
from skillaudit.formats import Format
from skillaudit.manual import AUDIT, EXIT_CODES, Topical

_ADVISORIES = ("auto", "local", "osv", "pypi")
_LETTERS = ("A", "B", "C", "D")

_SOURCE = click.argument("source", default=".", shell_complete=completion.folders)
_ACCEPTED = click.option(
    "--output",
    default="",
    metavar="PATH",
    shell_complete=completion.files,
    help="Default: skillaudit-baseline.json in SOURCE.",
)

_COLLECT_RARELY = (50_000, 20, 20)
"""Facts are trees without cycles: at the interpreter's thresholds, looking for garbage takes a tenth of an audit."""


def _parsed(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[Format, str], ...]:
    """``FORMAT`` or ``FORMAT=PATH``, each; an unknown format is a usage error."""
    parsed = []
    for value in values:
        name, equals, path = value.partition("=")
        if name not in set(Format) or (equals and not path):
            raise click.BadParameter(f"{value!r} is not {', '.join(Format)}, or one of them with =PATH", ctx, param)
        parsed.append((Format(name), path))
    return tuple(parsed)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.version_option(__version__, prog_name="skillaudit", message="%(prog)s %(version)s")
def cli() -> None:
    """Audit the observability posture of an MCP server from its repository alone."""


@cli.command(cls=Topical, epilog=AUDIT)
@_SOURCE
@click.option("--ref", default="", help="Branch, tag or commit; default: the default branch, or the working tree.")
@click.option("--subdir", default="", help="Audit only this folder of the repository.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    callback=_parsed,
    shell_complete=completion.formats,
    metavar="FORMAT[=PATH]",
    help=f"{', '.join(Format)}; repeatable, one may go to standard output.",
)
@click.option(
    "--output", default="", metavar="PATH", shell_complete=completion.files, help="File for the format without a path."
)
@click.option("--offline", is_flag=True, help="Never use the network.")
@click.option("--as-of", default="", metavar="YYYY-MM-DD", help="Date that the report speaks for; default: today.")
@click.option(
    "--fail-under",
    type=click.Choice(_LETTERS, case_sensitive=False),
    default=None,
    metavar=f"[{'|'.join(_LETTERS)}]",
    help="Exit 1 below this letter, or without one.",
)
@click.option("--base", default="", metavar="REF", help="Compare with this state of the repository.")
@click.option(
    "--base-tree", default="", metavar="DIR", shell_complete=completion.folders, help="Compare with this folder."
)
@click.option(
    "--baseline",
    default="",
    metavar="PATH",
    shell_complete=completion.files,
    help="Accepted findings; default: skillaudit-baseline.json.",
)
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice([one.value for one in Demand]),
    help="Exit 1 where the change brings this; repeatable.",
)
@click.option(
    "--trust",
    type=click.Choice([one.value for one in Trust]),
    default=None,
    help="Whose suppressions and baseline in the repository count; default: owner for a folder, none for an address.",
)
@click.option(
    "--advisories",
    type=click.Choice(_ADVISORIES),
    default="auto",
    envvar="SKILLAUDIT_ADVISORIES",
    help="Who is asked about known vulnerabilities; default: the local database while it is fresh, else OSV.",
)
@click.option(
    "--osv-url", default="", envvar="SKILLAUDIT_OSV_URL", metavar="URL", help="Another service that speaks like OSV."
)
@click.option("--strict", is_flag=True, help="Exit 4 if some code could not be looked at or a check failed.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write results of earlier audits.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes at a time; default: one for each processor.")
@click.option("--allow-private-host", is_flag=True, help="Also fetch from private and loopback addresses.")
def audit(  # noqa: PLR0913 - the command line's options, by name
    *,
    source: str,
    ref: str,
    subdir: str,
    formats: tuple[tuple[Format, str], ...],
    output: str,
    offline: bool,
    as_of: str,
    fail_under: str | None,
    base: str,
    base_tree: str,
    baseline: str,
    fail_on: tuple[str, ...],
    trust: str | None,
    advisories: str,
    osv_url: str,
    strict: bool,
    no_cache: bool,
    jobs: int | None,
    allow_private_host: bool,
) -> ExitCode:
    """Audit SOURCE: a folder, OWNER/NAME on GitHub, or an https URL. Default: the current folder."""
    from skillaudit.commands import Request, run_audit  # noqa: PLC0415 - see the module's docstring
    from skillaudit.lookup import Choice  # noqa: PLC0415 - same

    return run_audit(
        Request(
            source=source,
            ref=ref,
            subdir=subdir,
            outputs=_outputs(formats, output),
            as_of=as_of,
            fail_under=fail_under or "",
            base=_base(base, base_tree),
            baseline=baseline,
            fail_on=tuple(map(Demand, fail_on)),
            trust=Trust(trust) if trust else None,
            advisories=Choice(advisories),
            osv_url=osv_url,
            strict=strict,
            offline=offline,
            use_cache=not no_cache,
            jobs=jobs or 0,
            allow_private_host=allow_private_host,
        )
    )


@cli.group()
def baseline() -> None:
    """Accept the findings of today, so that only new ones count."""


@baseline.command(epilog=EXIT_CODES)
@_SOURCE
@_ACCEPTED
@click.option("--until", default="", metavar="YYYY-MM-DD", help="Last day on which they are accepted.")
@click.option("--reason", default="", help="Why they are accepted; for readers.")
def write(*, source: str, output: str, until: str, reason: str) -> ExitCode:
    """Write the findings of the folder SOURCE to a new baseline."""
    from skillaudit.baselines import Acceptance, write_baseline  # noqa: PLC0415 - see the module's docstring

    return write_baseline(source, output, Acceptance(until, reason))


@baseline.command(epilog=EXIT_CODES, short_help="Drop what was fixed, follow what moved; nothing is added.")
@_SOURCE
@_ACCEPTED
def update(*, source: str, output: str) -> ExitCode:
    """Drop what no longer occurs from the baseline, and follow what moved; nothing is added."""
    from skillaudit.baselines import update_baseline  # noqa: PLC0415 - see the module's docstring

    return update_baseline(source, output)


@baseline.command("check", epilog=EXIT_CODES, short_help="Exit 1 if something in it no longer occurs.")
@_SOURCE
@_ACCEPTED
def check_baseline(*, source: str, output: str) -> ExitCode:
    """Exit 1 if the baseline holds what no longer occurs or is accepted no longer."""
    from skillaudit.baselines import check_baseline  # noqa: PLC0415 - see the module's docstring

    return check_baseline(source, output)


@cli.group("advisories")
def advisory_data() -> None:
    """Known vulnerabilities, kept on this machine."""


@advisory_data.command("update", epilog=EXIT_CODES, short_help="Build or refresh the local database.")
@click.option(
    "--from",
    "sources",
    multiple=True,
    metavar="URL|FILE",
    shell_complete=completion.files,
    help="Default: OSV's dumps; repeatable.",
)
@click.option("--kev", is_flag=True, help="Also fetch CISA's catalogue of exploited vulnerabilities.")
@click.option("--epss", is_flag=True, help="Also fetch FIRST's predictions of exploitation.")
def update_advisories(*, sources: tuple[str, ...], kev: bool, epss: bool) -> ExitCode:
    """Build or refresh the local advisory database; an update that broke off goes on where it was."""
    from skillaudit.feeds import update_database  # noqa: PLC0415 - see the module's docstring

    return update_database(sources, kev=kev, epss=epss)


@cli.group()
def sarif() -> None:
    """SARIF files of any tool."""


@sarif.command("check", epilog=EXIT_CODES)
@click.argument("path", metavar="FILE", shell_complete=completion.files)
def check_sarif(path: str) -> ExitCode:
    """Exit 1 if GitHub code scanning would refuse FILE, and say why."""
    from skillaudit.commands import run_sarif_check  # noqa: PLC0415 - see the module's docstring

    return run_sarif_check(path)


@cli.group(hidden=True)
def action() -> None:
    """Run the steps of the GitHub Action; their inputs come from the environment."""


@action.command("audit")
def action_audit() -> ExitCode:
    """Audit the checkout and leave outputs, summary, annotations, the SARIF upload and the comment."""
    from skillaudit.action import run_action_audit  # noqa: PLC0415 - see the module's docstring

    return run_action_audit(click.echo)


@action.command("comment")
@click.argument("report", metavar="FILE")
def action_comment(report: str) -> ExitCode:
    """Comment the JSON report FILE of a workflow that may not write comments itself."""
    from skillaudit.action import run_action_comment  # noqa: PLC0415 - see the module's docstring

    return run_action_comment(report, click.echo)


@cli.command(epilog=EXIT_CODES, short_help="List the tools, pin them, and see which changed.")
@_SOURCE
@click.option("--ref", default="", help="Branch, tag or commit; default: the default branch, or the working tree.")
@click.option("--subdir", default="", help="Only this folder of the repository.")
@click.option("--format", "form", type=click.Choice(("console", "json")), default="console")
@click.option(
    "--lock",
    default="",
    metavar="FILE",
    shell_complete=completion.files,
    help="Write what clients see of the tools, in digests.",
)
@click.option(
    "--check",
    default="",
    metavar="FILE",
    shell_complete=completion.files,
    help="Exit 1 if that differs from FILE, a line for each tool.",
)
@click.option("--offline", is_flag=True, help="Never use the network.")
def tools(  # noqa: PLR0913 - the command line's options, by name
    *, source: str, ref: str, subdir: str, form: str, lock: str, check: str, offline: bool
) -> ExitCode:
    """List the tools of SOURCE with effects, handler, hash and what would go unnoticed; pin them."""
    from skillaudit.toolcommands import ToolsRequest, run_tools  # noqa: PLC0415 - see the module's docstring

    if lock and check:
        raise click.UsageError("--lock writes the file that --check compares with; give one of them")
    return run_tools(ToolsRequest(source, ref, subdir, form == "json", lock, check, offline))


@cli.command()
def checks() -> ExitCode:
    """List the checks."""
    from skillaudit.commands import run_checks  # noqa: PLC0415 - see the module's docstring

    return run_checks()


@cli.command()
@click.argument("identifier", metavar="ID", shell_complete=completion.check_ids)
def explain(identifier: str) -> ExitCode:
    """Say what a check asks, why, and how to fix what it finds."""
    from skillaudit.commands import run_explain  # noqa: PLC0415 - see the module's docstring

    return run_explain(identifier)


def main() -> None:
    """Run the command line and end the process with a documented exit code, or by the signal that asked for it."""
    gc.set_threshold(*_COLLECT_RARELY)
    before = {number: signal.getsignal(number) for number in ENDING_SIGNALS}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, EndedError.raise_once)
    try:
        code = _run()
    except EndedError as ended:
        click.echo(f"skillaudit: ended by {ended.signal.name}", err=True)
        code = _die_by(ended.signal)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    sys.exit(code)


def _die_by(number: signal.Signals) -> int:
    """End the process as the signal would have; the caller's shell sees 128 and its number."""
    signal.signal(number, signal.SIG_DFL)
    signal.raise_signal(number)
    return 128 + number


def _run() -> int:
    try:
        return int(cli.main(standalone_mode=False) or ExitCode.DONE)
    except SkillauditError as error:
        from skillaudit.clean import harmless  # noqa: PLC0415 - see the module's docstring

        click.echo(f"skillaudit: {harmless(str(error))}", err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except Exception as error:  # the one line between a defect and the user
        if os.environ.get("SKILLAUDIT_TRACEBACK"):
            raise
        click.echo(f"skillaudit: {told_internally(error)}", err=True)
        return ExitCode.INTERNAL


def _outputs(formats: tuple[tuple[Format, str], ...], output: str) -> tuple[tuple[Format, str], ...]:
    """The outputs and where they go; ``--output`` is the place of the one that names none."""
    given = formats or ((Format.CONSOLE, ""),)
    homeless = [form for form, path in given if not path]
    if len(homeless) > 1:
        raise click.UsageError("only one --format can go to standard output; give the others as FORMAT=PATH")
    if output and not homeless:
        raise click.UsageError("--output needs a --format without a path")
    return tuple((form, path or output) for form, path in given)


def _base(ref: str, tree: str) -> tuple[str, str]:
    """The ref and the folder to compare with; at most one of them."""
    if ref and tree:
        raise click.UsageError("--base and --base-tree exclude each other")
    return ref, tree


if __name__ == "__main__":
    main()
