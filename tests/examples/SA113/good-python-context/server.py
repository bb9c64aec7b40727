import structlog
from mcp.server.fastmcp import Context, FastMCP

structlog.configure(processors=[structlog.contextvars.merge_contextvars, structlog.processors.JSONRenderer()])
log = structlog.get_logger()
mcp = FastMCP("mini")


class Bind:
    async def on_message(self, context, call_next):
        structlog.contextvars.bind_contextvars(session_id=context.session_id)
        return await call_next(context)


mcp.add_middleware(Bind())


@mcp.tool()
def one() -> str:
    log.info("one")
    return "one"


mcp.run()
