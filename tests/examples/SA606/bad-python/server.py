"""Tools that evaluate what their callers send."""

import base64
import pickle

import dill
import jinja2
import yaml
from fastapi import FastAPI, Request
from mcp.server.fastmcp import FastMCP

mcp = FastMCP("worker")
app = FastAPI()


@mcp.tool()
def price(formula: str) -> float:
    """Work out a price."""
    return eval(formula)  # expect: SA606 HIGH


@mcp.tool()
def limited(formula: str) -> float:
    """Names taken away do not help."""
    return eval(formula, {"__builtins__": {}})  # expect: SA606 HIGH


@mcp.tool()
def refused(formula: str) -> float:
    """Nor does a list of words."""
    if "import" in formula or "__" in formula:
        raise ValueError("formula")
    return eval(formula)  # expect: SA606 MEDIUM


@mcp.tool()
def fill(template: str) -> str:
    """Fill in a page."""
    return jinja2.Template(template).render(name="x")  # expect: SA606 HIGH


@mcp.tool()
def state(blob: str) -> str:
    """Restore a state."""
    return str(pickle.loads(base64.b64decode(blob)))  # expect: SA606 HIGH


@mcp.tool()
def other(blob: str) -> str:
    """Restore another state."""
    return str(dill.loads(bytes.fromhex(blob) if blob else blob.encode()))  # expect: SA606 HIGH


@mcp.tool()
def settings(text: str) -> str:
    """Read settings."""
    return str(yaml.load(text, Loader=yaml.Loader))  # expect: SA606 HIGH


@mcp.tool()
def run_python(code: str) -> str:
    """Execute Python code."""
    exec(code)  # expect: SA606 MEDIUM
    return "done"


@app.post("/eval")
async def evaluate(request: Request) -> dict:
    body = await request.json()
    return {"result": eval(body["formula"])}  # expect: SA606 HIGH
