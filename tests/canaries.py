"""Secrets in the formats of many providers, made at run time, and repositories that hold them everywhere."""

import base64
import itertools
import random
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
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

PLANTED: Final = Path(__file__).parent / "planted"
"""A small repository of everything that is read; ``CANARY`` stands where a secret will."""
FILES: Final[Mapping[str, str]] = {
    path.relative_to(PLANTED).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(PLANTED.rglob("*"))
    if path.is_file()
}


_MARK = re.compile("CANARY")
_SMALL = "import logging\nimport os\n\nlogging.info(os.environ)\nx = (\n"


def tree_of(shift: int, step: int) -> dict[str, str]:
    """The files, with one secret after another at their places, beginning with another for each ``shift``.

    ``step`` trees together have every secret that a name can hold as the name of a file and of a folder.
    """
    texts = [one.text for one in CANARIES.values()]
    following = itertools.cycle(texts[shift * len(texts) // step :] + texts[: shift * len(texts) // step])
    files = {path: _MARK.sub(lambda _: next(following), text) for path, text in FILES.items()}
    for canary in [one for one in CANARIES.values() if one.bare][shift::step]:
        name = canary.text.replace("/", "_").replace("\\n", "\n")[:200]
        files |= {f"named/{name}.py": _SMALL, f"named/{name}/server.py": _SMALL, f"named/{name}/x.json": "{"}
    return files


def plain_tree(word: str) -> dict[str, str]:
    """The same with a word that is no secret everywhere."""
    named = {f"named/{word}.py": _SMALL, f"named/{word}/server.py": _SMALL, f"named/{word}/x.json": "{"}
    return {path: text.replace("CANARY", word) for path, text in FILES.items()} | named
