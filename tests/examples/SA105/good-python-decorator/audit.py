"""Writes the trail."""

import logging

_out = logging.getLogger("trail")


def trail(name):
    _keep({"tool": name})


def _keep(fields):
    _out.info("tool_call", extra=fields)
