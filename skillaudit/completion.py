"""What a shell offers for words of the command line."""

from typing import Any

import click

from skillaudit.formats import Format


def folders(ctx: click.Context, param: click.Parameter, begun: str) -> list[Any]:  # noqa: ARG001 - click's
    """Folders, which the shell finds itself."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - an audit needs it not

    return [CompletionItem(begun, type="dir")]


def files(ctx: click.Context, param: click.Parameter, begun: str) -> list[Any]:  # noqa: ARG001 - click's
    """Files, which the shell finds itself."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - an audit needs it not

    return [CompletionItem(begun, type="file")]


def formats(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:  # noqa: ARG001 - click's
    """Formats of a report."""
    return [form.value for form in Format if form.startswith(begun)]


def check_ids(ctx: click.Context, param: click.Parameter, begun: str) -> list[str]:  # noqa: ARG001 - click's
    """Ids of checks, in either case."""
    from skillaudit.check import load_checks  # noqa: PLC0415 - slow, and rarely asked for

    return [one.id for one in load_checks() if one.id.startswith(begun.upper())]
