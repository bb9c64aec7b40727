"""SA405: logs forwarded in clear text."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, Observation, Reference, Remediation, Unknown, check
from skillaudit.checks._forwarding import arriving, finding, holding, places, said
from skillaudit.facts import Facts
from skillaudit.forward import Reach, Stage, Standing
from skillaudit.model import Severity

_SEVERITY = {Reach.PUBLIC: Severity.HIGH, Reach.UNKNOWN: Severity.LOW}


@check(
    "SA405",
    title="Logs forwarded in clear text",
    asks="Do records travel encrypted to where they are kept?",
    why="Records name callers, tools and paths. On the way in clear text anyone on the network reads them, and can drop or forge them.",
    remediation=Remediation(
        "Use https or TLS, and verify the certificate. Loopback, unix sockets and the same compose network or cluster are fine.",
        (
            Example(
                "Fluent Bit",
                "ini",
                "[OUTPUT]\n    Name       loki\n    Match      *\n    Host       loki.example.com\n    Port       443\n    Tls        On\n    Tls.Verify On",
            ),
            Example(
                "rsyslog",
                "conf",
                'action(type="omfwd" target="logs.example.com" port="6514" protocol="tcp"\n       StreamDriver="gtls" StreamDriverMode="1" StreamDriverAuthMode="x509/name")',
            ),
            Example(
                "Docker",
                "yaml",
                "logging:\n  driver: syslog\n  options:\n    syslog-address: tcp+tls://logs.example.com:6514",
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
def sa405(facts: Facts) -> Iterator[Observation]:
    """The connection to each destination; HIGH where its name or address is public."""
    yield from holding(facts, Stage.TRANSPORT)
    chains = arriving(facts)
    for chain, link in places(chains, Stage.TRANSPORT, Standing.BROKEN):
        yield Evidence(link.location, False, said(link), chain.package)
        yield finding(chain, link, _SEVERITY.get(link.reach, Severity.LOW), f"Logs travel unprotected: {said(link)}",
                      "use https or TLS, and verify the certificate")  # fmt: skip
    known = {chain.package for chain in chains for link in chain.links
             if link.stage is Stage.TRANSPORT and link.standing is not Standing.UNKNOWN}  # fmt: skip
    for chain, link in places(chains, Stage.TRANSPORT, Standing.UNKNOWN):
        if chain.package not in known:
            yield Unknown(said(link), chain.package or None)
