"""Secrets in the formats of many providers, made when they are asked for, and repositories that hold them everywhere."""

import base64
import random
import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_RANDOM = random.Random(20261121)  # noqa: S311 - reproducible values that open nothing
_ALPHANUMERIC = string.ascii_letters + string.digits
_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_HEX = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Canary:
    """A secret as it is written, and the part of it that nobody may see.

    ``bare``: the value alone says what it is; others are known by the words around them.
    """

    text: str
    body: str
    bare: bool = True

    def seen_in(self, output: str) -> list[str]:
        """The pieces of eight characters of the secret's body that an output shows, in whatever case."""
        words = [word for part in self.body.split("\\n") for word in part.split(".") if "-----" not in word]
        pieces = {word[at : at + 8].lower() for word in words for at in range(len(word) - 7)}
        shown = output.lower()
        return sorted(piece for piece in pieces if piece in shown)


def made(count: int, letters: str = _ALPHANUMERIC) -> str:
    """Random characters."""
    return "".join(_RANDOM.choice(letters) for _ in range(count))


def _issued(before: str, body: str, after: str = "") -> Canary:
    return Canary(before + body + after, body)


def _told(before: str, body: str, after: str = "") -> Canary:
    return Canary(before + body + after, body, bare=False)


def _pair() -> str:
    return base64.b64encode(f"{made(12)}:{made(20)}".encode()).decode().rstrip("=")


_PEM = f"{made(64)}\\n{made(64)}\\n"
CANARIES: Final[Mapping[str, Canary]] = {
    "AWS": _issued("AKIA", made(16, _UPPER)),
    "AWS session": _issued("ASIA", made(16, _UPPER)),
    "GitHub": _issued("ghp_", made(36)),
    "GitHub app": _issued("ghs_", made(36)),
    "GitHub fine-grained": _issued("github_pat_", f"{made(22)}_{made(59)}"),
    "GitLab": _issued("glpat-", made(20)),
    "GitLab runner": _issued("glrt-", made(20)),
    "Slack bot": _issued("xoxb-", f"{made(12, string.digits)}-{made(13, string.digits)}-{made(24)}"),
    "Slack app": _issued("xapp-1-", f"A{made(10, _UPPER)}-{made(13, string.digits)}-{made(64, _HEX)}"),
    "Stripe": _issued("sk_live_", made(24)),
    "Stripe webhook": _issued("whsec_", made(32)),
    "OpenAI": _issued("sk-", f"{made(20)}T3BlbkFJ{made(20)}"),
    "OpenAI project": _issued("sk-proj-", f"{made(74)}T3BlbkFJ{made(74)}"),
    "OpenRouter": _issued("sk-or-v1-", made(64, _HEX)),
    "Anthropic": _issued("sk-ant-api03-", f"{made(93)}AA"),
    "Google": _issued("AIza", made(35)),
    "Google OAuth": _issued("ya29.", f"a0{made(120)}"),
    "JWT": _issued("eyJhbGciOiJIUzI1NiJ9.eyJ", f"{made(30)}.{made(43)}"),
    "npm": _issued("npm_", made(36)),
    "PyPI": _issued("pypi-AgEIcHlwaS5vcmc", made(120)),
    "SendGrid": _issued("SG.", f"{made(22)}.{made(43)}"),
    "Twilio": _issued("SK", made(32, _HEX)),
    "Mailgun": _issued("key-", made(32, _HEX)),
    "Mailchimp": _issued("", made(32, _HEX), "-us14"),
    "Hugging Face": _issued("hf_", made(34)),
    "Groq": _issued("gsk_", made(52)),
    "xAI": _issued("xai-", made(80)),
    "Perplexity": _issued("pplx-", made(48)),
    "Replicate": _issued("r8_", made(37)),
    "DigitalOcean": _issued("dop_v1_", made(64, _HEX)),
    "Databricks": _issued("dapi", made(32, _HEX)),
    "Shopify": _issued("shpat_", made(32, _HEX)),
    "Square": _issued("sq0csp-", made(43)),
    "Telegram": _issued("", f"{made(10, '123456789')}:AA{made(33)}"),
    "Discord": _issued("M", f"{made(25)}.{made(6)}.{made(38)}"),
    "Notion": _issued("ntn_", made(46)),
    "Linear": _issued("lin_api_", made(40)),
    "Atlassian": _issued("ATATT3xFfGF0", f"{made(170)}"),
    "Airtable": _issued("pat", f"{made(14)}.{made(64, _HEX)}"),
    "Figma": _issued("figd_", made(40)),
    "Postman": _issued("PMAK-", f"{made(24, _HEX)}-{made(34, _HEX)}"),
    "Vault": _issued("hvs.", made(95)),
    "Terraform": _issued("", f"{made(14)}.atlasv1.{made(64)}"),
    "Grafana": _issued("glsa_", f"{made(32)}_{made(8, _HEX)}"),
    "Sentry": _issued("sntrys_eyJ", made(90)),
    "New Relic": _issued("NRAK-", made(27, _UPPER)),
    "Docker Hub": _issued("dckr_pat_", made(27)),
    "RubyGems": _issued("rubygems_", made(48, _HEX)),
    "crates.io": _issued("cio", made(32)),
    "Supabase": _issued("sbp_", made(40, _HEX)),
    "PlanetScale": _issued("pscale_pw_", made(43)),
    "Pulumi": _issued("pul-", made(40, _HEX)),
    "Doppler": _issued("dp.pt.", made(43)),
    "age": _issued("AGE-SECRET-KEY-1", made(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")),
    "PEM": _issued("-----BEGIN PRIVATE KEY-----\\n", _PEM, "-----END PRIVATE KEY-----"),
    "OpenSSH": _issued("-----BEGIN OPENSSH PRIVATE KEY-----\\n", made(70) + "\\n", "-----END OPENSSH PRIVATE KEY-----"),
    "Slack webhook": _told("https://hooks.slack.com/services/", f"T{made(9, _UPPER)}/B{made(9, _UPPER)}/{made(24)}"),
    "Discord webhook": _told("https://discord.com/api/webhooks/", f"{made(18, string.digits)}/{made(68)}"),
    "database": _told("postgres://app:", made(18), "@db.example.org:5432/app"),
    "broker": _told("amqps://app:", made(18), "@mq.example.org/v"),
    "basic auth": _told("https://reader:", made(20), "@packages.example.org/simple/"),
    "user of an address": _told("https://", made(40), ":x-oauth-basic@git.example.org/o/r.git"),
    "query": _told("https://api.example.org/v1?access_token=", made(40), "&x=1"),
    "Bearer": _told("Authorization: Bearer ", made(48)),
    "Basic": _told("Authorization: Basic ", _pair()),
    "ADO": _told("Server=db.example.org;Database=a;User Id=sa;Password=", made(20), ";Encrypt=true"),
    "Azure storage": _told("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=", made(86), "==;"),
    "Azure bus": _told("Endpoint=sb://a.example.org/;SharedAccessKeyName=n;SharedAccessKey=", made(43), "="),
}
"""By provider; none of them was ever issued."""

_PYTHON = '''\
"""CANARY"""
import logging
import os
from mcp.server.fastmcp import FastMCP

KEY = "CANARY"  # CANARY
api_key = "CANARY"
mcp = FastMCP("shop", instructions="CANARY")
log = logging.getLogger("CANARY")
logging.basicConfig(filename="CANARY.log", format="CANARY %(message)s")


@mcp.tool("CANARY", description="use CANARY to log in")
def price(item: str, token: str = "CANARY") -> str:
    """CANARY"""
    if token == "CANARY":
        log.error("denied CANARY %s", item)
        raise PermissionError("CANARY")
    log.info("key CANARY %s", os.environ["SHOP_API_KEY"])
    log.info(f"key {item} CANARY " + KEY + os.environ["SHOP_API_KEY"])
    log.info(os.environ)  # CANARY
    log.info("x", extra={"CANARY": os.environ["SHOP_TOKEN"], "every": dict(token="CANARY", env=os.environ)})
    log.info(os.environ.get("SHOP_TOKEN", "CANARY"))
    log.info({"headers": "CANARY", "e": os.environ})
    print(item, "CANARY")
    os.system("curl CANARY " + item)
    open("/srv/CANARY/" + item).read()
    return "CANARY" + os.environ["SHOP_API_KEY"]


@mcp.tool()
def weigh(item: str) -> str:
    """Weigh."""
    return os.environ["CANARY_SHOP_API_KEY"]


mcp.run(transport="streamable-http")
'''
_TYPESCRIPT = """\
import pino from 'pino';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
const log = pino({ name: 'CANARY' }); // CANARY
const server = new McpServer({ name: 'CANARY', version: 'CANARY' });
server.tool('CANARY', 'use CANARY', {}, async (args) => {
  log.info(`CANARY ${process.env.SHOP_API_KEY}`);
  log.info({ apiKey: 'CANARY', env: process.env, args }, 'CANARY');
  log.info(process.env.SHOP_TOKEN ?? 'CANARY');
  console.log('CANARY', args);
  return { content: [{ type: 'text', text: 'CANARY' + process.env.SHOP_TOKEN }] };
});
"""
_GO = """\
package main

import (
	"log"
	"os"
)

// CANARY
func main() {
	log.Printf("CANARY %s", os.Getenv("SHOP_API_KEY"))
	log.Println(os.Environ(), "CANARY")
}
"""
_UV = """\
version = 1

[[package]]
name = "shop"
version = "1"
source = { editable = "." }
dependencies = [{ name = "CANARY" }, { name = "other" }]

[[package]]
name = "CANARY"
version = "CANARY"
source = { registry = "CANARY" }

[[package]]
name = "other"
version = "1.0"
source = { git = "CANARY" }
"""
_NPM_LOCK = """\
{"name": "shop", "lockfileVersion": 3, "packages": {
  "": {"name": "shop", "version": "1.0.0", "dependencies": {"CANARY": "CANARY", "other": "CANARY"}},
  "node_modules/CANARY": {"version": "1.0.0-CANARY", "resolved": "CANARY"},
  "node_modules/other": {"version": "CANARY", "resolved": "CANARY"}}}
"""
FILES: Final[Mapping[str, str]] = {
    "py/server.py": _PYTHON,
    "py/pyproject.toml": '[project]\nname = "CANARY"\nversion = "CANARY"\ndependencies = ["other @ CANARY"]\n'
    'scripts = { "CANARY" = "server:CANARY" }\n[[tool.uv.index]]\nname = "CANARY"\nurl = "CANARY"\n',
    "py/uv.lock": _UV,
    "py/skillaudit.toml": '[[ignore]]\ncheck = "SA302"\npath = "CANARY/*"\nreason = "CANARY"\n'
    '[[ignore]]\ncheck = "SA301"\nreason = "CANARY"\n[[ignore]]\ncheck = "CANARY"\n',
    "pip/requirements.txt": "--index-url CANARY\n--extra-index-url CANARY\nother==CANARY\ndemo @ git+CANARY\nCANARY\n",
    "pip/server.py": "import logging  # skillaudit: ignore[SA101] reason=\"CANARY\"\nx = (\n",
    "pip/pip.conf": "[global]\nindex-url = CANARY\n",
    "ts/src/server.ts": _TYPESCRIPT,
    "ts/package.json": '{"name": "CANARY", "version": "CANARY", "main": "CANARY", "dependencies": '
    '{"CANARY": "CANARY", "other": "CANARY"}, "scripts": {"postinstall": "CANARY", "test": "x CANARY"}}',
    "ts/package-lock.json": _NPM_LOCK,
    "ts/.npmrc": "registry=CANARY\n//packages.example.org/:_authToken=CANARY\n",
    "go/main.go": _GO,
    "go/go.mod": "module example.org/CANARY\n\ngo 1.24\n\nrequire example.org/CANARY v1.0.0\n",
    "run/Dockerfile": 'FROM registry.example.org/CANARY:CANARY\nARG TOKEN=CANARY\nENV API_KEY=CANARY\n'
    'LABEL a="CANARY"\nRUN curl -H "CANARY" CANARY\nCMD ["python", "server.py", "--key", "CANARY"]\n',
    "run/compose.yaml": "services:\n  shop:\n    build: .\n    image: 'CANARY'\n    environment:\n      API_KEY: 'CANARY'\n"
    "      DATABASE_URL: \"CANARY\"\n    command: ['--key', 'CANARY']\n    logging:\n      driver: awslogs\n"
    "      options:\n        awslogs-group: 'CANARY'\n        splunk-token: 'CANARY'\n  'CANARY':\n    image: x\n",
    "run/.env": "API_KEY=CANARY\nDATABASE_URL=CANARY\n",
    "run/settings.toml": 'api_key = "CANARY"\n[CANARY]\nurl = "CANARY"\n',
    "run/config.json": '{"api_key": "CANARY", "CANARY": ["CANARY"]}\n',
    "run/main.tf": 'resource "aws_cloudwatch_log_group" "CANARY" {\n  name = "CANARY"\n  retention_in_days = 3\n}\n'
    'variable "token" {\n  default = "CANARY"\n}\nprovider "aws" {\n  secret_key = "CANARY"\n}\n',
    "run/k8s.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: 'CANARY'\nspec:\n  template:\n    spec:\n"
    "      containers:\n        - name: 'CANARY'\n          image: 'CANARY'\n          env:\n"
    "            - name: API_KEY\n              value: 'CANARY'\n",
    "run/fluent-bit.conf": "[OUTPUT]\n    Name http\n    Match CANARY\n    Host CANARY\n    Header CANARY\n    http_Passwd CANARY\n",
    "run/vector.toml": '[sinks.CANARY]\ntype = "http"\ninputs = ["CANARY"]\nuri = "CANARY"\nauth.token = "CANARY"\n',
    "run/otel-collector.yaml": "exporters:\n  otlphttp:\n    endpoint: 'CANARY'\n    headers:\n      Authorization: 'CANARY'\n"
    "receivers:\n  filelog:\n    include: ['CANARY']\nservice:\n  pipelines:\n    logs:\n      receivers: [filelog]\n"
    "      exporters: [otlphttp, 'CANARY']\n",
    "run/rules.yaml": "groups:\n  - name: 'CANARY'\n    rules:\n      - alert: 'CANARY'\n        expr: 'rate(CANARY[5m]) > 3'\n"
    "        labels:\n          severity: 'CANARY'\n        annotations:\n          summary: 'CANARY'\n",
    "run/loki.yaml": "groups:\n  - name: a\n    rules:\n      - alert: Denied\n"
    "        expr: 'sum(count_over_time({app=\"shop\"} |= \"CANARY\" [5m])) > 3'\n        labels:\n          severity: critical\n",
    "run/alertmanager.yml": "route:\n  receiver: 'CANARY'\nreceivers:\n  - name: 'CANARY'\n    slack_configs:\n"
    "      - api_url: 'CANARY'\n        channel: 'CANARY'\n    webhook_configs:\n      - url: 'CANARY'\n",
    "run/logging.json": '{"version": 1, "handlers": {"CANARY": {"class": "logging.handlers.HTTPHandler", "host": "CANARY", '
    '"url": "CANARY"}}, "root": {"handlers": ["CANARY"], "level": "INFO"}}\n',
    ".github/workflows/ci.yml": "name: 'CANARY'\non: push\nenv:\n  API_KEY: 'CANARY'\njobs:\n  'CANARY':\n    runs-on: x\n"
    "    steps:\n      - uses: stranger/CANARY@v1\n      - run: |\n          pytest --key 'CANARY'\n          curl 'CANARY'\n",
    ".gitlab-ci.yml": "variables:\n  API_KEY: 'CANARY'\ntest:\n  image: 'CANARY'\n  script: ['pytest CANARY']\n",
    ".mcp.json": '{"mcpServers": {"CANARY": {"command": "npx", "args": ["-y", "CANARY", "--key", "CANARY"], '
    '"env": {"API_KEY": "CANARY"}}}}\n',
    "SECURITY.md": "# Security\n\nWe log CANARY. Write to CANARY.\n",
    "CHANGELOG.md": "## CANARY\n\n- CANARY\n",
    "Makefile": "test:\n\tpytest CANARY\n",
}
"""A small repository of everything that is read; ``CANARY`` is the secret."""


def tree_of(canary: Canary) -> dict[str, str]:
    """The files, with the secret at every place, in names of files and folders too where a name can hold it."""
    files = {path: text.replace("CANARY", canary.text) for path, text in FILES.items()}
    if canary.bare:
        name = canary.text.replace("/", "_").replace("\\n", "\n")[:200]
        files |= {
            f"named/{name}.py": _PYTHON.replace("CANARY", canary.text),
            f"named/{name}/x/server.py": _PYTHON.replace("CANARY", canary.text),
            f"named/{name}.ts": "const x = (\n",
            f"named/{name}/compose.yaml": FILES["run/compose.yaml"].replace("CANARY", canary.text),
            f"named/{name}/pyproject.toml": '[project]\nname = "named"\nversion = "1"\n',
            f"named/{name}.json": "{",
        }
    return files
