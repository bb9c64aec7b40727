"""How tools move data: which return what their caller sizes, and which send bodies to others."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from skillaudit import ir
from skillaudit.guards import Volume
from skillaudit.linking.calls.graph import Edge
from skillaudit.linking.events.constant import Constants
from skillaudit.linking.events.sizes import Sizes
from skillaudit.linking.knowledge.vocabulary import words
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External, Formal
from skillaudit.linking.records.coverage import Coverage
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.model import Location

_NEAR = 5
_BULK = re.compile(
    r"^(?:open|io\.open|codecs\.open|aiofiles\.open|anyio\.open_file|pathlib\.Path\(\).*\.(?:read_\w+|open|r?glob|iterdir)|os\.(?:walk|scandir|listdir)|glob\.\w+|"
    r"(?:node:)?fs(?:/promises)?\.(?:promises\.)?(?:read\w*|createReadStream)|(?:fast-)?glob\b.*|"
    r"os\.(?:ReadFile|Open|ReadDir)|io\.ReadAll|io/ioutil\.ReadAll|path/filepath\.(?:Walk\w*|Glob)|bufio\.NewScanner|"
    r"subprocess\.(?:run|check_output|Popen)|asyncio\.create_subprocess_\w+|child_process\.\w+|execa\b.*|os/exec\.Command\w*|"
    r"(?:requests|httpx|urllib3?|axios|got|undici|ky|superagent)\b.*\.(?:get|post|put|patch|request|stream|fetch|urlopen|send)|"
    r"(?:axios|got|fetch|node-fetch|undici\.fetch|(?:node:)?https?\.(?:request|get))|urllib\.request\.urlopen|aiohttp\.ClientSession\(\)\.\w+|"
    r"net/http\.(?:Get|Post|PostForm|Client\(\)\.(?:Do|Get|Post)|DefaultClient\.\w+)|"
    r"sqlite3\b.*\.execute\w*|psycopg2?\b.*\.(?:execute|fetch)\w*|asyncpg\b.*\.fetch\w*|pymongo\b.*\.(?:find|aggregate)|"
    r"database/sql\.\w+\(\)\.Query\w*|pandas\.read_\w+)$"
)  # fmt: skip
_BULK_METHODS = {
    "read_text", "read_bytes", "readFile", "readFileSync", "fetchall", "fetchmany", "QueryContext", "aggregate",
    "executeQuery", "run_query", "execute_query", "hgetall", "lrange", "smembers", "scan_iter", "zrange", "xrange",
}  # fmt: skip
_SENDS = re.compile(
    r"^(?:(?:requests|httpx|aiohttp|urllib3|axios|got|ky|superagent|niquests)\b.*\.(?:post|put|patch|request|send)|"
    r"net/http\.(?:Post|PostForm|NewRequest\w*)|smtplib\b.*\.send\w*|(?:fetch|axios|got|undici\.fetch|node-fetch)|urllib\.request\.Request|"
    r"(?:node:)?https?\.request)$"
)
_BODIES = {"data", "json", "content", "files", "body", "params_json"}
_SETS_UP = {
    "credential", "credentials", "auth", "authenticate", "authorize", "login", "oauth", "token", "config",
    "settings", "secret", "telemetry", "logger", "log", "client", "connection", "connect", "session", "metrics",
}  # fmt: skip
_READS = {"GET", "HEAD"}
_METHODS = {"POST", "PUT", "PATCH"}
_PLAIN = re.compile(r"(?:fetch|axios|got|undici\.fetch|node-fetch|request|NewRequest\w*|Request|send)$")


_SINGLE = {
    "version", "count", "size", "status", "hint", "instructions", "exists", "ping", "health", "healthcheck", "total",
    "balance", "checksum", "whoami", "explain", "uptime", "length",
}  # fmt: skip
"""What is one number, one line or a fixed text, however much lies behind it."""
_ASKED_FOR = {"list", "search", "all", "history", "logs", "read", "download", "export", "find", "scan"}


def _one_value(name: str) -> bool:
    """Whether a tool gives one value back by its name: ``get_latest_version``, ``collection-size``, ``explain``."""
    said = words(name)
    if not said or _ASKED_FOR & set(said):
        return False
    return said[-1] in _SINGLE or said[-2:] == ("by", "id") or said[0] in {"explain", "count", "ping"}


@dataclass(slots=True)
class Volumes:
    """Looks at what each tool's handler calls; what one function does is remembered."""

    box: Toolbox
    coverage: Coverage
    _constants: Constants = field(init=False)
    _sizes: Sizes = field(init=False)
    _sized: dict[Fn, Location | None] = field(default_factory=dict)
    _sent: dict[Fn, tuple[ir.Call, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Follow bodies with the same knowledge."""
        self._constants, self._sizes = Constants(self.box), Sizes(self.box)

    def of(self, tool: Candidate) -> Iterator[Volume]:
        """How a tool moves data, where it takes an argument and its code was found."""
        handler = tool.handler
        if handler is None or not self._takes_arguments(tool, handler):
            return
        reached = self.box.calls.reach([handler], _NEAR, self.coverage.handlers - {handler}, self._leads)
        sized = None if _one_value(tool.name) else self._answers(reached)
        sent = next((place for fn, path in reached.items() if (place := self._posts(fn, path))), None)
        sent = sent or self._first_line((fn, self._sizes.sent(fn, path)) for fn, path in reached.items())
        if sized or sent:
            package = self.box.program.package_path(tool.module)
            yield Volume(tool.name, self.box.program.place(handler), package, sized, sent)

    def _answers(self, reached: Mapping[Fn, Sequence[Edge]]) -> Location | None:
        """Where data of any size is read, or as much as the caller asks for by a number."""
        bulk = (place for fn in reached if (place := self._first(self._sized, fn, self._is_bulk)))
        asked = ((fn, self._sizes.sized(fn, path)) for fn, path in reached.items())
        return next(bulk, None) or self._first_line(asked)

    def _first_line(self, found: Iterable[tuple[Fn, int]]) -> Location | None:
        return next((self.box.program.location(fn.module, line) for fn, line in found if line), None)

    def _leads(self, edge: Edge) -> bool:
        """Whether a call is a step of the work, not one that gets a client, a setting or a login for it."""
        name = self.box.program.function(edge.target).name
        return not (_SETS_UP & set(words(name)) or self.coverage.acquires(edge))

    def _only_reads(self, edge: Edge) -> bool:
        """Whether a call of the project's own HTTP helper names a method that sends nothing."""
        call = self.box.program.value(edge.caller.at(edge.value))
        given = (
            [self.box.program.value(edge.caller.at(a.value)) for a in call.args] if isinstance(call, ir.Call) else []
        )
        return any(isinstance(one, ir.Literal) and one.text.upper() in _READS for one in given)

    def _takes_arguments(self, tool: Candidate, handler: Fn) -> bool:
        params = self.box.program.function(handler).params
        return tool.dispatched or any(self.box.roles.of(Formal(handler, n)) for n in range(len(params)))

    def _first(self, known: dict[Fn, Location | None], fn: Fn, asks: Callable[[Fn, ir.Call], bool]) -> Location | None:
        if fn not in known:
            lines = (call.line for _, call, _ in self.box.program.calls(fn) if asks(fn, call))
            line = next(lines, None)
            known[fn] = None if line is None else self.box.program.location(fn.module, line)
        return known[fn]

    def _posts(self, fn: Fn, path: Sequence[Edge]) -> Location | None:
        """Where a function sends a body that is not written down in the code."""
        if any(map(self._only_reads, path)):
            return None
        if fn not in self._sent:
            self._sent[fn] = tuple(call for _, call, _ in self.box.program.calls(fn) if self._sends(fn, call))
        for call in self._sent[fn]:
            bodies = list(self._bodies(fn, call))
            if not bodies or not self._constants.only(bodies, path):
                return self.box.program.location(fn.module, call.line)
        return None

    def _bodies(self, fn: Fn, call: ir.Call) -> Iterator[At]:
        """What a request is given as its body, as far as that is named."""
        for argument in call.args:
            if argument.name in _BODIES:
                yield fn.at(argument.value)
            value = self.box.program.value(self.box.program.bare(fn.at(argument.value)))
            if isinstance(value, ir.Record):
                yield from (fn.at(entry.value) for entry in value.entries if entry.key in _BODIES)

    def _is_bulk(self, fn: Fn, call: ir.Call) -> bool:
        callee = self.box.program.value(fn.at(call.callee))
        paths = self._paths(fn, call)
        named = isinstance(callee, ir.Member) and callee.name in _BULK_METHODS
        return any(_BULK.match(path) for path in paths) or (named and not self._own(fn, call))

    def _sends(self, fn: Fn, call: ir.Call) -> bool:
        paths = [path for path in self._paths(fn, call) if _SENDS.match(path)]
        return any(not _PLAIN.search(path) or self._has_body(fn, call) for path in paths)

    def _paths(self, fn: Fn, call: ir.Call) -> list[str]:
        return [s.path for s in self.box.symbols.resolve(fn.at(call.callee)) if isinstance(s, External)]

    def _own(self, fn: Fn, call: ir.Call) -> bool:
        return any(isinstance(s, Fn) for s in self.box.symbols.resolve(fn.at(call.callee)))

    def _has_body(self, fn: Fn, call: ir.Call) -> bool:
        """Whether a general request names a method that sends, or a body."""
        for argument in call.args:
            if argument.name in _BODIES:
                return True
            value = self.box.program.value(self.box.program.bare(fn.at(argument.value)))
            if isinstance(value, ir.Literal) and value.text.upper() in _METHODS:
                return True
            if isinstance(value, ir.Member) and value.name.removeprefix("Method").upper() in _METHODS:
                return True
            if isinstance(value, ir.Record) and any(self._sends_entry(fn, entry) for entry in value.entries):
                return True
        return False

    def _sends_entry(self, fn: Fn, entry: ir.Entry) -> bool:
        """A body, or a method that is not always GET."""
        value = self.box.program.value(fn.at(entry.value))
        if entry.key == "method":
            return not isinstance(value, ir.Literal) or value.text.upper() in _METHODS
        return entry.key in _BODIES
