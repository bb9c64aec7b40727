"""Charts of agents whose values name only the ends: all containers go to each."""

from skillaudit.configuration import Document, text
from skillaudit.forward import Stage
from skillaudit.forwarding.parts import Agent, Input, Route, Target, ok


def charted(document: Document) -> Agent:
    """An agent as ``configurations/_charts`` says it: its name, the kind of its end, the address."""
    root, place = document.root, document.at()
    name, kind, url = text(root, "agent"), text(root, "to"), text(root, "url")
    first = ok(place, Stage.AGENT, f"{name} takes containers in")
    target = Target(place, kind, "", url, None, False if text(root, "skipped") else None)
    return Agent(document, name, (Route(Input("containers", place), (first,), target),))
