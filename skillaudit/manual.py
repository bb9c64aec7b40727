"""What ``--help`` says beyond the line of each option: topics, examples, the environment, exit codes."""

from collections.abc import Mapping
from typing import Final

import click

EXIT_CODES: Final = """\b
Exit codes:
  0  done
  1  done, and not what --fail-under, --fail-on or a check command demands
  2  usage: the command line or the address is refused, or the report
     cannot be written
  3  nothing could be audited; one line says why
  4  audited in part, and --strict was given
  5  internal error; one line says what to report
A signal (Ctrl-C, SIGTERM) ends it after it has tidied up: 130, 143.
"""

AUDIT: Final = f"""\b
Examples:
  skillaudit audit
      the current folder, for reading
  skillaudit audit owner/name --ref v1.2 --subdir servers/weather
      one server of a repository on GitHub, as of a tag
  skillaudit audit --format html=report.html --format sarif=report.sarif
      two files, nothing on standard output
  skillaudit audit --base origin/main --fail-on new-high --fail-on grade-drop
      what a branch changes; exit code 1 where it makes things worse
  skillaudit audit --fail-under C --offline
      a gate that asks nobody

\b
Environment:
  SKILLAUDIT_CACHE_DIR   results of single files; else XDG_CACHE_HOME, ~/.cache
  SKILLAUDIT_DATA_DIR    the advisory database; else XDG_DATA_HOME, ~/.local/share
  SKILLAUDIT_ADVISORIES  what --advisories is where it is not given
  SKILLAUDIT_OSV_URL     what --osv-url is where it is not given
  GITHUB_TOKEN           reads private repositories on github.com, sent nowhere else
  HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE, NO_COLOR   as elsewhere

{EXIT_CODES}
\b
`skillaudit explain ID` says what a check asks and how to fix what it finds.
"""

_TOPICS: Final[Mapping[str, tuple[str, ...]]] = {
    "What is audited": ("ref", "subdir", "as_of"),
    "What is written": ("formats", "output"),
    "What it is compared with": ("base", "base_tree", "baseline", "trust"),
    "What ends it with exit code 1 or 4": ("fail_on", "fail_under", "strict"),
    "Network": ("offline", "advisories", "osv_url", "allow_private_host"),
}
"""The options of ``audit``, by the names of their parameters; the others come last."""


class Topical(click.Command):
    """A command whose options are listed by topic."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, each below its topic."""
        left = {param.name: record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))}
        for topic, names in _TOPICS.items():
            with formatter.section(topic):
                formatter.write_dl([left.pop(name) for name in names])
        with formatter.section("Other options"):
            formatter.write_dl(list(left.values()))
