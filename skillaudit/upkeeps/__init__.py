"""Readers of signs of maintenance, one module a kind; see ``survey``."""
