"""Command line."""

import argparse

import prometheus_client
import uvicorn

from .config import load_settings
from .security import configure_logging
from .server import build, build_app


def main() -> None:
    parser = argparse.ArgumentParser(prog="docvault-mcp")
    parser.add_argument("--transport", choices=["stdio", "http"], default="stdio")
    transport = parser.parse_args().transport
    settings = load_settings()
    if transport == "stdio":
        configure_logging(log_group=None)
        build(settings).run(transport="stdio")
        return
    app = build_app(settings)
    configure_logging(log_group=settings.log_group)
    prometheus_client.start_http_server(settings.metrics_port, addr=settings.host)
    uvicorn.run(app, host=settings.host, port=settings.port, log_config=None)


if __name__ == "__main__":
    main()
