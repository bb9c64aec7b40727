"""A small server."""

import logging

from mcp.server.fastmcp import FastMCP
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

provider = TracerProvider()
provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
trace.set_tracer_provider(provider)
log = logging.getLogger(__name__)
mcp = FastMCP("traces")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("go")
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")  # expect: SA401 MEDIUM
