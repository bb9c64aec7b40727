"""skillaudit: audit the observability posture of an MCP server from its repository alone."""

__version__ = "0.1.0"
