"""Forwarding chains as formats show them: plain values, and lines of text."""

from collections.abc import Iterator, Sequence
from typing import Any

from skillaudit.forward import Chain, ChainLink, Standing

_MOST = 4
_WORDS = {Standing.OK: "", Standing.BROKEN: "BROKEN", Standing.UNKNOWN: "unknown"}


def chains_document(chains: Sequence[Chain]) -> list[dict[str, Any]]:
    """The chains for JSON; ``broken`` is the index of the first link that does not hold."""
    return [
        {
            "package": chain.package,
            "workload": chain.workload,
            "opt_in": chain.opt_in,
            "arrives": chain.arrives,
            "broken": None if chain.broken is None else chain.links.index(chain.broken),
            "links": [_link(link) for link in chain.links],
        }
        for chain in chains
    ]


def _link(link: ChainLink) -> dict[str, Any]:
    return {
        "stage": link.stage.value,
        "what": link.what,
        "standing": link.standing.value,
        "reason": link.reason,
        "path": link.location.path,
        "line": link.location.line,
    }


def chain_lines(chains: Sequence[Chain]) -> Iterator[tuple[int, str, Standing]]:
    """Indent, text and standing of each line: one chain of a sort, broken ones first."""
    ordered = sorted(chains, key=lambda chain: (chain.arrives, chain.package, chain.workload))
    shown: dict[tuple[str, ...], Chain] = {}
    for chain in ordered:
        shown.setdefault(tuple(f"{link.stage} {link.standing} {link.reason}" for link in chain.links), chain)
    for chain in list(shown.values())[:_MOST]:
        name = " ".join(filter(None, (chain.package, chain.workload))) or "the server"
        verdict = "records arrive" if chain.arrives else "records do not arrive"
        yield 2, f"{name}: {verdict}{_first(chain)}", Standing.OK
        for link in chain.links:
            word = " ".join(filter(None, (_WORDS[link.standing], link.reason)))
            yield 4, f"{link.location} {link.stage}: {link.what}{f' ({word})' if word else ''}", link.standing
    if len(chains) > min(len(shown), _MOST):
        yield 2, f"and {len(chains) - min(len(shown), _MOST)} more like these (--format json lists all)", Standing.OK


def _first(chain: Chain) -> str:
    return "" if chain.broken is None else f"; the first link that does not hold is the {chain.broken.stage}"
