"""SA402: records only in a file on the same host."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, NotApplicable, Observation, Reference, Remediation, check
from skillaudit.checks._forwarding import finding, said
from skillaudit.checks._servers import first_tool, servers, stdio_only, writes_nothing
from skillaudit.facts import Facts
from skillaudit.forward import Stage
from skillaudit.model import Severity


@check(
    "SA402",
    title="Records only in a file on the same host",
    asks="Is a file beside a network server never the only place where its records go?",
    why="A file on the host is gone with the host: an intruder, a full disk or a redeployment removes it.",
    remediation=Remediation(
        "Write to the console as well, or have an agent read the file and send it on.",
        (
            Example(
                "logging",
                "python",
                'logging.basicConfig(handlers=[logging.StreamHandler(), RotatingFileHandler("/var/log/mcp/server.log")])',
            ),
            Example(
                "Fluent Bit",
                "ini",
                "[INPUT]\n    Name tail\n    Path /var/log/mcp/*.log\n    Tag  mcp\n[OUTPUT]\n    Name  loki\n    Match mcp\n    Host  loki.example.com\n    Tls   On",
            ),
        ),
    ),
    references=(
        Reference("CWE-778: Insufficient Logging", "https://cwe.mitre.org/data/definitions/778.html"),
        Reference(
            "NIST SP 800-92: Guide to Computer Security Log Management", "https://csrc.nist.gov/pubs/sp/800/92/final"
        ),
    ),
)
def sa402(facts: Facts) -> Iterator[Observation]:
    """Packages all of whose sinks are files that nothing reads."""
    for package in servers(facts):
        ended = next((one for one in facts.chains if one.package == package and one.of(Stage.HOST) is not None), None)
        if stdio_only(facts, package):
            yield NotApplicable("the server can be reached through stdio alone, so its host is its user's", package)
        elif ended is None and writes_nothing(facts, package):
            yield NotApplicable("the server writes no record that could end in a file (see SA105)", package)
        elif ended is None:
            yield Evidence(first_tool(facts, package), True, "the records do not end in a file alone", package)
        else:
            link = ended.links[-1]
            yield Evidence(link.location, False, said(link), package)
            yield finding(ended, link, Severity.MEDIUM, f"Records go nowhere but to {said(link)}",
                          "write to the console too, or ship the file")  # fmt: skip
    if not servers(facts):
        yield NotApplicable("no tools are registered here: a library or framework writes no log of its own")
