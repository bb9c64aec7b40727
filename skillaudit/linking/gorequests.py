"""Go: addresses of requests put together by their fields: ``&http.Request{URL: u}``, ``req.URL.Host = host``."""

from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.program import At, Fn
from skillaudit.linking.taints import Taints

_SENDING = {"Do", "RoundTrip"}


def addressed(taints: Taints, fn: Fn, call: ir.Call) -> Iterator[At]:
    """What the fields say of the address to which a call sends a request, whoever sends it."""
    callee = taints.program.value(fn.at(call.callee))
    if not isinstance(callee, ir.Member) or callee.name not in _SENDING or len(call.args) != 1:
        return
    request = taints.program.bare(fn.at(call.args[0].value))
    made = taints.program.value(request)
    if isinstance(made, ir.Record):
        yield from (request.to(entry.value) for entry in made.entries if entry.key == "URL")
    for step in taints.program.function(fn).steps if isinstance(made, ir.Record | ir.Item) else ():
        if isinstance(step, ir.Store) and step.base >= 0 and step.line <= call.line:
            base = taints.program.bare(fn.at(step.base))
            held = taints.program.value(base)
            inside = (
                isinstance(held, ir.Member)
                and held.name == "URL"
                and taints.program.bare(base.to(held.base)) == request
            )
            if (step.name == "URL" and base == request) or (step.name == "Host" and inside):
                yield fn.at(step.value)
