"""SA403: log store is not append-only."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, Observation, Reference, Remediation, Unknown, check
from skillaudit.checks._forwarding import arriving, finding, holding, places, said
from skillaudit.facts import Facts
from skillaudit.forward import Stage, Standing
from skillaudit.model import Severity


@check(
    "SA403",
    title="Log store is not append-only",
    asks="Is what was recorded safe from changes where it lands?",
    why="Whoever can rewrite the store can remove the traces of what they did; a lock or an add-only interface takes that away.",
    remediation=Remediation(
        "Lock the bucket, write to a data stream with the create operation, or use a store that only adds.",
        (
            Example(
                "Terraform, S3",
                "hcl",
                'resource "aws_s3_bucket" "logs" {\n  bucket              = "mcp-logs"\n  object_lock_enabled = true\n}\nresource "aws_s3_bucket_object_lock_configuration" "logs" {\n  bucket = aws_s3_bucket.logs.id\n  rule {\n    default_retention {\n      mode = "COMPLIANCE"\n      days = 365\n    }\n  }\n}',
            ),
            Example(
                "Fluent Bit, Elasticsearch",
                "ini",
                "[OUTPUT]\n    Name            es\n    Match           *\n    Write_Operation create\n    Suppress_Type_Name On",
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
def sa403(facts: Facts) -> Iterator[Observation]:
    """Met where one of a package's destinations only adds; unknown where none is described in the tree."""
    yield from holding(facts, Stage.IMMUTABILITY)
    chains = arriving(facts)
    safe = {chain.package for chain, _ in places(chains, Stage.IMMUTABILITY, Standing.OK)}
    open_to_change = [one for one in places(chains, Stage.IMMUTABILITY, Standing.BROKEN) if one[0].package not in safe]
    for chain, link in open_to_change:
        yield Evidence(link.location, False, said(link), chain.package)
        yield finding(chain, link, Severity.LOW, f"Records can be changed where they land: {said(link)}",
                      "lock the store, or write so that the sender can only add")  # fmt: skip
    judged = safe | {chain.package for chain, _ in open_to_change}
    for chain, link in places(chains, Stage.IMMUTABILITY, Standing.UNKNOWN):
        if chain.package not in judged:
            yield Unknown(said(link), chain.package or None)
