import logging
import os

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("settings")
log = logging.getLogger(__name__)


class Settings:
    def __init__(self, env) -> None:
        self.env = env

    def get(self, name, default=""):
        return self.env.get(name, default)

    def number(self, name):
        return int(self.get(name))


def pick(env, *names):
    for name in names:
        if name in env:
            return env[name]
    return ""


def build(env=None):
    env = env or os.environ
    return {"region": env.get("REGION"), "mode": env.get("MODE", "x")}


def child_env(extra):
    env = os.environ.copy()
    env.update(extra)
    return env


def filtered(env):
    return {k: v for k, v in env.items() if v}


@mcp.tool()
def start() -> str:
    """Start."""
    settings = Settings(os.environ)
    log.info("region %s", settings.get("REGION"))
    log.info("key %s", settings.get("SHELF_API_KEY"))  # expect: SA302 HIGH
    log.info("number %s", settings.number("PORT"))
    log.info("picked %s", pick(os.environ, "REGION", "AWS_REGION"))
    log.info("built %s", build())
    log.info("built %s", build(dict(os.environ)))
    env = child_env({"A": "b"})
    log.info("path %s", env["PATH"])
    log.info("lang %s", filtered(os.environ)["LANG"])
    log.info("all %s", filtered(os.environ))  # expect: SA301 HIGH
    for name in ("REGION", "LANG"):
        log.info("%s=%s", name, env.get(name))
        log.info("%s=%s", name, env[name])
    for name in ("REGION", "SHELF_API_KEY"):
        log.info("%s=%s", name, os.environ.get(name))  # expect: SA302 HIGH
    log.info("known %s", {name: env[name] for name in ("REGION", "LANG")})
    log.info("home %s", os.path.expanduser(env.get("HOME", "~")))
    return "x"


if __name__ == "__main__":
    mcp.run(transport="streamable-http")
