"""MCP server for a help desk."""
