"""What the bytes of one source file say about its purpose, read once."""

import re

import msgspec

from skillaudit.model import Language

_NON_BLANK = re.compile(rb"[^\s][^\r\n]*")
_HEAD = 4096
_LONG_LINE = 1000
_LONG_AVERAGE = 200
_CODE_DENSITY = 0.02
_REACH = 200
"""Bytes that a sign may begin before one of its literals, and end after it."""

# Only comment lines (or a module docstring) at the very top: a generator's template string is no marker.
_COMMENT = re.compile(rb"\s*(?:#|//|/?\*|--|;|<!--|\"\"\"|''')")
_GENERATED = re.compile(
    rb"""code\ generated\ .{0,200}\bdo\ not\ (?:edit|modify)
    |(?<![\w`'"])@generated\b
    |\bthis\ (?:file|code|module|class|document|sdk)\ (?:is|was|has\ been)\ (?:auto(?:matically)?[-\ ]?)?generated\b
    |^\W*auto(?:matically)?[-\ ]?generated\ (?:by|from|with|using|file|code|on)\b
    |\bautomatically\ generated\ by\b
    |\bgenerated\ (?:by|from|with|using)\ .{0,60}\b(?:speakeasy|stainless|openapi[-\ ]?(?:generator|typescript|ts)
        |swagger[-\ ]?codegen|protoc|protobuf|grpc_tools|graphql[-\ ]?codegen|datamodel-codegen|oapi-codegen|quicktype
        |orval|kubb|kiota|hey-api|fern|wrangler|sqlc|mockgen|mockery|prisma|thrift|flatc|antlr|connect-es|ts-proto)\b
    |\bgenerated\b.{0,200}\bdo\ not\ (?:edit|modify)\b
    |\bdo\ not\ (?:edit|modify)\b.{0,200}\bgenerated\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BUILD_IGNORED = re.compile(
    rb"^//\s*(?:go:build|\+build)\s+(?:ignore|tools|never|none|disabled|exclude|excluded|unused)\s*$", re.MULTILINE
)
_GO_MAIN = re.compile(rb"^package main\b", re.MULTILINE)


class _Sign:
    """A pattern that is searched only around its literals: a substring search is 50 times faster.

    Every match holds one of them; without a pattern the literals decide alone.
    """

    def __init__(self, literals: str, pattern: bytes = b"") -> None:
        self._literals = tuple(literal.encode() for literal in literals.split())
        self._pattern = re.compile(pattern, re.MULTILINE)

    def shown_by(self, data: bytes) -> bool:
        """Whether the bytes hold the pattern."""
        return any(self._around(literal, data) for literal in self._literals)

    def _around(self, literal: bytes, data: bytes) -> bool:
        place = data.find(literal)
        while place >= 0:
            if self._pattern.search(data, max(0, place - _REACH), place + 2 * _REACH):
                return True
            place = data.find(literal, place + _REACH)
        return False


_TESTS = _Sign(
    "pytest unittest hypothesis test_ Test vitest @jest/globals node:test bun:test @playwright/test chai"
    " cloudflare:test describe( it( test( describe. it. test.",
    rb"^[ \t]*(?:import|from)\s+(?:pytest|unittest|hypothesis)\b"
    rb"|^[ \t]*(?:async[ \t]+)?def\s+test_\w|^class\s+Test\w*[(:]"
    rb"|\bfrom\s*['\"](?:vitest|@jest/globals|node:test|bun:test|@playwright/test|chai|cloudflare:test)['\"]"
    rb"|^[ \t]*(?:describe|it|test)(?:\.\w+)?\(\s*['\"`]|^func\s+Test\w*\(|require\(['\"]node:test['\"]\)",
)
_SPEAKS_MCP = _Sign(
    "FastMCP mcp.server McpServer McpAgent @modelcontextprotocol/sdk/server @modelcontextprotocol/server"
    " setRequestHandler registerTool NewMCPServer mcp.NewServer mcp.NewTool mcp.AddTool StdioServerTransport @mcp.tool"
    " AddMcpServer rmcp::",
)
_SERVES = _Sign(
    ".run .serve( .serve_ uvicorn stdio_server Stdio StreamableHTTP ListenAndServe .listen( run_",
    rb"\bmcp\w*\.(?:run|serve)(?:_\w+)?\(|\buvicorn\.(?:run|Server)\b|\bstdio_server\b|\bStdio\w*Transport\b"
    rb"|\bServeStdio\b|\bStreamableHTTP\w*Transport\b|\bNewStreamableHTTP|\bListenAndServe|\.listen\("
    rb"|\brun_(?:stdio|sse|http|server)\w*\(|\b(?:app|server)\.run(?:_async)?\(|\.run\(\s*transport",
)
_ACTS = _Sign(
    "slog. log. zap. zerolog logrus getenv Getenv Environ environ process.env exec console. logging. logger. loguru"
    " structlog subprocess child_process pino winston",
    rb"\b(?:slog|log|zap|logging|logger|console)\.\w+\(|\bzerolog\b|\blogrus\b|\bos\.(?:[Gg]etenv|Environ|environ)\b|"
    rb"\bprocess\.env\b|\bexec\.Command|\b(?:subprocess|child_process|loguru|structlog)\b|['\"](?:pino|winston)['\"]|"
    rb"(?<![\w.])(?:eval|exec)\(",
)
_INTERACTIVE = _Sign(
    "argparse click typer fire questionary getpass docopt cyclopts InquirerPy readline input( commander yargs inquirer"
    " @inquirer/ prompts cac clipanion @oclif/core cobra urfave/cli alecthomas/kong survey promptui charmbracelet"
    " term.ReadPassword NewReader( NewScanner(",
    rb"^[ \t]*(?:import|from)\s+(?:argparse|click|typer|fire|questionary|getpass|docopt|cyclopts|InquirerPy|readline)\b"
    rb"|(?:^[ \t]*|=[ \t]*)input\(|\binput\(\s*f?['\"]"
    rb"|['\"](?:commander|yargs|inquirer|@inquirer/[\w-]+|prompts|@clack/prompts|cac|clipanion|@oclif/core"
    rb"|(?:node:)?readline(?:/promises)?)['\"]"
    rb"|\"github\.com/(?:spf13/cobra|urfave/cli|alecthomas/kong|AlecAivazis/survey|manifoldco/promptui|charmbracelet/\w)"
    rb"|\bterm\.ReadPassword\(|\bNew(?:Reader|Scanner)\((?:os\.Stdin|stdin|in|r)\)",
)
_COMMAND = re.compile(rb"\.add_parser\(|@\w+\.command\b|\.command\(\s*['\"]|\.AddCommand\(|&cobra\.Command\{")


class Content(msgspec.Struct, frozen=True):
    """What the bytes of a source file show; each member is a cheap textual sign, not an analysis.

    ``tests``: holds test functions. ``speaks_mcp``: names the server side of an MCP SDK. ``serves``: starts a server.
    ``interactive``: parses a command line or asks on the terminal. ``commands``: how many sub-commands it declares, 0
    where not interactive. ``build_ignored``: a Go file outside every build. ``acts``: it says that a program
    wrote it, and yet writes records, starts programs or reads the environment, which such code hardly ever does, or
    a file beside it does. ``unread``: nothing but its name and size is known.
    """

    lines: int = 0
    generated: bool = False
    minified: bool = False
    tests: bool = False
    speaks_mcp: bool = False
    serves: bool = False
    interactive: bool = False
    commands: int = 0
    build_ignored: bool = False
    go_main: bool = False
    acts: bool = False
    unread: bool = False


def read_content(data: bytes, language: Language) -> Content:
    """Look at the bytes of one source file; of what a program wrote, only whether it is a server."""
    head = data[:_HEAD]
    generated = _is_generated(head)
    minified = language is Language.JAVASCRIPT and _is_minified(data)
    if generated or minified:
        acts = generated and not minified and _ACTS.shown_by(data)
        return Content(count_lines(data), generated, minified, speaks_mcp=_SPEAKS_MCP.shown_by(data), acts=acts)
    interactive = _INTERACTIVE.shown_by(data)
    return Content(
        lines=count_lines(data),
        tests=_TESTS.shown_by(data),
        speaks_mcp=_SPEAKS_MCP.shown_by(data),
        serves=_SERVES.shown_by(data),
        interactive=interactive,
        commands=len(_COMMAND.findall(data)) if interactive else 0,
        build_ignored=_BUILD_IGNORED.search(head) is not None,
        go_main=_GO_MAIN.search(head) is not None,
    )


def count_lines(data: bytes) -> int:
    """How many lines hold anything but white space."""
    return len(_NON_BLANK.findall(data))


def _is_generated(head: bytes) -> bool:
    """Whether the leading comment says that a program wrote this file."""
    comment: list[bytes] = []
    inside = b""
    for line in head.split(b"\n")[:60]:
        stripped = line.strip()
        if stripped and not inside and not _COMMENT.match(line):
            break
        comment.append(stripped[:400])
        inside = _still_inside(stripped, inside)
    return _GENERATED.search(b" ".join(comment)) is not None or any(_GENERATED.search(line) for line in comment)


def _still_inside(line: bytes, opened: bytes) -> bytes:
    """The mark that closes the block comment or docstring open after ``line``; empty outside of one."""
    if opened:
        return b"" if opened in line else opened
    for start, end in ((b'"""', b'"""'), (b"'''", b"'''"), (b"/*", b"*/"), (b"<!--", b"-->")):
        if line.startswith(start):
            return b"" if end in line[len(start) :] else end
    return b""


def _is_minified(data: bytes) -> bool:
    """Whether the text is mostly long lines of dense code; an embedded image or data set is not dense."""
    newlines = data.count(b"\n") + 1
    if len(data) < _LONG_LINE or len(data) / newlines <= _LONG_AVERAGE:
        return False
    long_lines = [line for line in data.split(b"\n") if len(line) > _LONG_LINE]
    total = sum(map(len, long_lines))
    marks = sum(line.count(mark) for line in long_lines for mark in (b";", b"(", b"{", b"="))
    return total * 2 > len(data) and marks > total * _CODE_DENSITY
