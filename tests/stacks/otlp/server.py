"""A server that sends its records over OTLP."""

import logging

from mcp.server.fastmcp import FastMCP
from opentelemetry._logs import set_logger_provider
from opentelemetry.exporter.otlp.proto.grpc._log_exporter import OTLPLogExporter
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor

provider = LoggerProvider()
provider.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter()))
set_logger_provider(provider)
logging.getLogger().addHandler(LoggingHandler(logger_provider=provider))
log = logging.getLogger(__name__)
mcp = FastMCP("server")


@mcp.tool()
def go(name: str) -> str:
    """Go."""
    log.info("tool.call", extra={"tool": "go"})
    return "gone"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
