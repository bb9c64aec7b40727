"""MCP server over a team's document vault."""
