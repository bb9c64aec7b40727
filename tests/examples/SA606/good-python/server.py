"""Tools that only read data."""

import ast
import json
import pickle
import sys

import jinja2
import yaml
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("worker")
PAGE = jinja2.Template("Hello {{ name }}")
FORMULAS = {"double": "2 * x", "half": "x / 2"}


@mcp.tool()
def value(text: str) -> str:
    """Literals only."""
    return str(ast.literal_eval(text))


@mcp.tool()
def settings(text: str) -> str:
    """Data only."""
    return str(yaml.safe_load(text)) + str(yaml.load(text, Loader=yaml.SafeLoader)) + str(json.loads(text))


@mcp.tool()
def greet(name: str) -> str:
    """A constant template."""
    return PAGE.render(name=name)


@mcp.tool()
def compute(name: str, x: int) -> float:
    """One of a few."""
    if name not in FORMULAS:
        raise ValueError("name")
    return eval(FORMULAS[name], {"x": x})


@mcp.tool()
def number(x: int) -> float:
    """A number."""
    return eval(f"{x} * 2")


def cached() -> object:
    with open(sys.argv[1], "rb") as file:
        return pickle.load(file)


cached()
mcp.run()
