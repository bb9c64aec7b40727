"""MCP server over a lending library's catalogue."""
