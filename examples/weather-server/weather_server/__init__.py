"""Forecasts and weather warnings over MCP."""
