"""SA601: a caller chooses where the server sends a request (server-side request forgery)."""

from collections.abc import Iterator

from skillaudit.check import Example, Observation, Reference, Remediation, check
from skillaudit.checks._codeflows import as_code, by_language, judged, subject
from skillaudit.codeflows import CodeFlow, Danger
from skillaudit.facts import Facts
from skillaudit.model import Severity

_DANGERS = {Danger.ADDRESS: Severity.HIGH, Danger.ADDRESS_PATH: Severity.LOW}


@check(
    "SA601",
    title="Caller-chosen address is requested (SSRF)",
    asks="Are callers kept from choosing the host, or escaping the path, of a request that the server sends?",
    why="The server stands inside a network that its callers do not: a request to an address of their choice reaches cloud "
    "metadata (`169.254.169.254`), databases and admin pages, often with the server's own credentials.",
    remediation=Remediation(
        "Compare the host with a list of hosts that the operator allows, before the request and after every redirect. "
        "Where any public host must do, allow `https` only, resolve the name, refuse every address that is not global, and "
        "connect to the address that was checked. Encode what a caller puts into the path of a fixed host.",
        (
            Example(
                "Python",
                "python",
                "parts = urlsplit(url)\n"
                'if parts.scheme != "https" or parts.hostname not in ALLOWED_HOSTS:\n'
                '    raise ValueError("host not allowed")\n'
                "response = httpx.get(url, follow_redirects=False)\n"
                "# a fixed host: encode the caller's part\n"
                "httpx.get(f\"{BASE}/items/{quote(item_id, safe='')}\")",
            ),
            Example(
                "TypeScript",
                "ts",
                "const target = new URL(url);\n"
                'if (target.protocol !== "https:" || !ALLOWED_HOSTS.has(target.hostname)) throw new Error("host not allowed");\n'
                'const response = await fetch(target, {redirect: "error"});\n'
                "// a fixed host: encode the caller's part\n"
                "await fetch(`${BASE}/items/${encodeURIComponent(id)}`);",
            ),
            Example(
                "Go",
                "go",
                "target, err := url.Parse(raw)\n"
                'if err != nil || target.Scheme != "https" || !slices.Contains(allowedHosts, target.Hostname()) {\n'
                '\treturn nil, errors.New("host not allowed")\n'
                "}\n"
                "// a fixed host: encode the caller's part\n"
                'http.Get(base + "/items/" + url.PathEscape(id))',
            ),
        ),
    ),
    references=(
        Reference("CWE-918: Server-Side Request Forgery (SSRF)", "https://cwe.mitre.org/data/definitions/918.html"),
        Reference(
            "OWASP: Server-Side Request Forgery Prevention Cheat Sheet",
            "https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html",
        ),
    ),
)
def sa601(facts: Facts) -> Iterator[Observation]:
    """Flows into HTTP clients, browsers and clones; a fixed host whose path is chosen is LOW."""
    yield from judged(facts, _DANGERS, _message, _fix)


def _message(flow: CodeFlow) -> str:
    if flow.danger is Danger.ADDRESS_PATH:
        return f"{subject(flow)} becomes part of the path that `{flow.sink}` requests, not encoded and not checked"
    return f"{subject(flow)} chooses the host that `{flow.sink}` requests; no list of allowed hosts stands before it"


def _fix(flow: CodeFlow) -> str:
    if flow.danger is Danger.ADDRESS_PATH:
        return by_language(
            flow,
            f"urllib.parse.quote({as_code(flow)}, safe='')",
            f"encodeURIComponent({as_code(flow)})",
            f"url.PathEscape({as_code(flow)})",
        )
    return by_language(
        flow,
        "compare `urlsplit(url).hostname` with a set of allowed hosts before the request",
        "compare `new URL(url).hostname` with a Set of allowed hosts before the request",
        "compare `u.Hostname()` of the parsed URL with the allowed hosts before the request",
    )
