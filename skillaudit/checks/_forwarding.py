"""What the checks of forwarding chains share."""

from collections.abc import Iterable, Iterator

from skillaudit.check import Evidence, Finding, NotApplicable, Observation
from skillaudit.facts import Facts, Step
from skillaudit.forward import Chain, ChainLink, Stage, Standing
from skillaudit.model import Confidence, Severity, Surface

NOTHING = "nothing forwards records, so there is nothing to ask about (see SA401)"


def arriving(facts: Facts) -> tuple[Chain, ...]:
    """The chains over which records reach a destination."""
    return tuple(chain for chain in facts.chains if chain.arrives)


def trace(chain: Chain, last: ChainLink) -> tuple[Step, ...]:
    """The chain up to a link, as a reader follows it."""
    return tuple(Step(link.location, link.what) for link in chain.links[: chain.links.index(last) + 1])


def said(link: ChainLink) -> str:
    """A link in words, with why it does not hold."""
    return f"{link.what}: {link.reason}" if link.reason else link.what


def places(chains: Iterable[Chain], stage: Stage, standing: Standing) -> Iterator[tuple[Chain, ChainLink]]:
    """Links of a stage that stand so, each place once."""
    seen: set[object] = set()
    for chain in chains:
        for link in chain.links:
            if (
                link.stage is stage
                and link.standing is standing
                and (key := (chain.package, link.location)) not in seen
            ):
                seen.add(key)
                yield chain, link


def finding(chain: Chain, link: ChainLink, severity: Severity, message: str, fix: str) -> Finding:
    """A finding at a link, with the chain that leads to it."""
    return Finding(severity, Confidence.HIGH, Surface.PRODUCTION, chain.package, link.location, message,
                   fix=fix, trace=trace(chain, link))  # fmt: skip


def holding(facts: Facts, stage: Stage) -> Iterator[Observation]:
    """Evidence of links of a stage that hold; why there is nothing to say where no chain arrives."""
    chains = arriving(facts)
    if not chains:
        yield NotApplicable(NOTHING)
    for chain, link in places(chains, stage, Standing.OK):
        yield Evidence(link.location, True, said(link), chain.package)
