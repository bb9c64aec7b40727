"""A help desk."""

import os

from mcp.server.fastmcp import FastMCP

from desk import telemetry
from desk.base import Service
from desk.telemetry import Container, audit, events, fancy, log_started, make_logger, note as remark, root as out

mcp = FastMCP("desk")
box = Container()
say = make_logger("desk")


class Tickets(Service):
    def __init__(self, key: str) -> None:
        super().__init__()
        self.k = key
        self.reporter = box.reporter

    def open(self) -> str:
        self._log("opening with %s", self.k)  # expect: SA302
        self.logger.warning("key %s", self.k)  # expect: SA302
        self.reporter.report("key", self.k)  # expect: SA302
        return "open"


@mcp.tool()
def open_ticket(title: str) -> str:
    """Open a ticket."""
    v = os.environ["DESK_API_KEY"]
    audit(v)  # expect: SA302
    remark("key", v)  # expect: SA302
    telemetry.note("key", v)  # expect: SA302
    telemetry.write("error", "key", v=v)  # expect: SA302
    out.info("key %s", v)  # expect: SA302
    events.info("key", v=v)  # expect: SA302
    events.bind(v=v).info("bound")  # expect: SA302
    fancy.info("key {}", v)  # expect: SA302
    fancy.bind(v=v).info("bound")  # expect: SA302
    fancy.opt(lazy=False).info(f"key {v}")  # expect: SA302
    say(v)  # expect: SA302
    make_logger("x")(v)  # expect: SA302
    log_started(value=v)  # expect: SA302
    box.reporter.report("key", v)  # expect: SA302
    box.console.say(v)  # expect: SA302
    box.console.say(f"key {v}")  # expect: SA302
    level = "warning" if title else "info"
    getattr(out, level)("key %s", v)  # expect: SA302
    out.log(20, "key %s", v)  # expect: SA302
    later = lambda text: out.info("%s", text)
    later(v)  # expect: SA302
    return Tickets(v).open()


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
