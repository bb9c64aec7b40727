"""Go: addresses of requests put together by their fields: ``&http.Request{URL: u}``, ``req.URL.Host = host``."""

from collections.abc import Iterator

from skillaudit import ir
from skillaudit.linking.flows.taints import Taints
from skillaudit.linking.names.program import At, Fn

_SENDING = {"Do", "RoundTrip"}
_DIRECTING = {"Director", "Rewrite"}
"""Fields of a reverse proxy that say where a request goes."""


def forwarded(taints: Taints, fn: Fn, call: ir.Call) -> Iterator[At]:
    """Where a proxy that is put together by its fields sends requests: ``&httputil.ReverseProxy{Director: …}``."""
    callee = taints.program.value(fn.at(call.callee))
    if not isinstance(callee, ir.Member) or callee.name != "ServeHTTP":
        return
    proxy = taints.defined(fn.at(callee.base))
    made = taints.program.value(proxy)
    for entry in made.entries if isinstance(made, ir.Record) else ():
        for symbol in taints.symbols.resolve(proxy.to(entry.value)) if entry.key in _DIRECTING else ():
            for step in taints.program.function(symbol).steps if isinstance(symbol, Fn) else ():
                if isinstance(step, ir.Store) and isinstance(symbol, Fn) and step.name == "Host":
                    held = taints.program.value(taints.program.bare(symbol.at(step.base)))
                    if isinstance(held, ir.Member) and held.name == "URL":
                        yield symbol.at(step.value)


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
