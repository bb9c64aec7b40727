import os

from mcp.server.fastmcp import FastMCP

from logs import TOKEN, Service, adapter, bound, for_request, plain, shared

mcp = FastMCP("bound")
log = bound()
service = Service()


@mcp.tool()
async def one() -> str:
    """One."""
    log.info("one")
    bound().info("one")
    plain().info("one")
    adapter().info("one")
    shared.info("one")
    for_request(TOKEN).info("one")
    for_request("x").info("one")
    service.log.info("one")
    service.other.info("one")
    return "x"


class Worker(Service):
    def work(self) -> None:
        self.log.info("work")
        self.other.info("work")
        use(self.log)


def use(log) -> None:
    log.info("used")


Worker().work()

if __name__ == "__main__":
    mcp.run(transport="streamable-http")
