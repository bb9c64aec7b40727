"""SA112: the tool surface is not pinned."""

from collections.abc import Iterator

from skillaudit.check import Evidence, Example, Finding, Observation, Reference, Remediation, check
from skillaudit.checks._servers import first_tool, servers, without_tools
from skillaudit.facts import Facts
from skillaudit.model import Confidence, Severity, Surface


@check(
    "SA112",
    title="Tool surface not pinned",
    asks="Is a hash of the canonical tools/list stored or recorded?",
    why="A description or schema that changes between deployments is how a compromised dependency or a rug pull shows itself; without a "
    "hash from yesterday nobody can tell.",
    remediation=Remediation(
        "Record a hash of the sorted names, descriptions and input schemas at every start, and alert when it changes without a "
        "deployment. `skillaudit tools --lock FILE` and `--check FILE` pin the same before the deployment.",
        (
            Example(
                "Python",
                "python",
                'tools = sorted((tool.model_dump(mode="json") for tool in await mcp.list_tools()), key=lambda tool: tool["name"])\n'
                "surface = hashlib.sha256(json.dumps(tools, sort_keys=True).encode()).hexdigest()\n"
                'log.info("tool_surface", hash=surface, tools=len(tools))',
            ),
            Example(
                "TypeScript",
                "ts",
                "const surface = tools.map(({ name, description, schema }) => ({ name, description, schema }))\n"
                "  .sort((a, b) => a.name.localeCompare(b.name));\n"
                "const hash = createHash('sha256').update(JSON.stringify(surface)).digest('hex');\n"
                "log.security({ event: 'tool_surface', hash, tools: surface.length });",
            ),
            Example(
                "Go",
                "go",
                "text, _ := json.Marshal(tools)\n"
                "sum := sha256.Sum256(text)\n"
                'slog.Info("tool_surface", "hash", hex.EncodeToString(sum[:]), "tools", len(tools))',
            ),
        ),
    ),
    references=(
        Reference("OWASP MCP Top 10, MCP03: Tool Poisoning", "https://owasp.org/www-project-mcp-top-10/"),
        Reference(
            "CWE-494: Download of Code Without Integrity Check", "https://cwe.mitre.org/data/definitions/494.html"
        ),
    ),
)
def sa112(facts: Facts) -> Iterator[Observation]:
    """One question for each package that registers tools."""
    packages = servers(facts)
    if not packages:
        yield from without_tools(facts)
    for package in packages:
        held = [one for one in facts.surface_hashes if one.surface.counts]
        own = [one for one in held if one.package == package] or (held if len(packages) == 1 else [])
        if own:
            yield Evidence(own[0].location, True, "the tools that the server lists are hashed and kept", package)
            continue
        place = first_tool(facts, package)
        yield Evidence(place, False, "no hash of the tools that the server lists", package)
        yield Finding(
            Severity.INFO,
            Confidence.HIGH,
            Surface.PRODUCTION,
            package,
            place,
            "No hash of the tools that the server lists is stored or recorded",
            fix="record a hash of the sorted names, descriptions and input schemas at start",
        )
