"""SA404: the server may delete its own logs."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, NotApplicable, Observation, Reference, Remediation, Unknown, check
from skillaudit.checks._forwarding import arriving, finding, holding, places, said
from skillaudit.facts import Facts
from skillaudit.forward import Stage, Standing
from skillaudit.model import Severity


@check(
    "SA404",
    title="The server may delete its own logs",
    asks="Is the role that the server runs under kept from deleting or overwriting its records?",
    why="Code that runs inside the server, an intruder's too, has the server's role. If that may delete log groups or objects, forwarding them was in vain.",
    remediation=Remediation(
        "Give the server's role the right to add records and no more; deny deletion explicitly.",
        (
            Example(
                "IAM policy",
                "json",
                '{"Version": "2012-10-17", "Statement": [\n  {"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "arn:aws:logs:*:*:log-group:/mcp/server:*"},\n  {"Effect": "Deny", "Action": ["logs:DeleteLogGroup", "logs:DeleteLogStream", "s3:DeleteObject*"], "Resource": "*"}\n]}',
            ),
            Example(
                "Terraform, Google",
                "hcl",
                'resource "google_project_iam_member" "server" {\n  project = var.project\n  role    = "roles/logging.logWriter"\n  member  = "serviceAccount:${google_service_account.server.email}"\n}',
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
def sa404(facts: Facts) -> Iterator[Observation]:
    """Policies of the role that a workload runs under, as far as the tree holds them."""
    yield from holding(facts, Stage.PERMISSION)
    chains = arriving(facts)
    if chains and not any(chain.of(Stage.PERMISSION) for chain in chains):
        yield NotApplicable("the tree does not say under which role the server runs")
    for chain, link in places(chains, Stage.PERMISSION, Standing.BROKEN):
        yield Evidence(link.location, False, said(link), chain.package)
        yield finding(chain, link, Severity.HIGH, f"The server may delete its own logs: {said(link)}",
                      "allow adding records only, and deny deletion")  # fmt: skip
    known = {chain.package for chain in chains for link in chain.links
             if link.stage is Stage.PERMISSION and link.standing is not Standing.UNKNOWN}  # fmt: skip
    for chain, link in places(chains, Stage.PERMISSION, Standing.UNKNOWN):
        if chain.package not in known:
            yield Unknown(said(link), chain.package or None)
