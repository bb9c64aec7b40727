"""Calls that touch files, send requests, start programs or evaluate code, and the values that say which."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from skillaudit import ir
from skillaudit.codeflows import Danger
from skillaudit.linking.calls.callees import callees
from skillaudit.linking.flows import archives, gorequests, shells
from skillaudit.linking.flows.commandlines import CommandLines
from skillaudit.linking.flows.dangers import Sink, chosen
from skillaudit.linking.flows.openings import operation_of
from skillaudit.linking.flows.taints import Taints
from skillaudit.linking.knowledge import codeapis
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External
from skillaudit.model import Confidence

_SAFE_LOADERS = {"SafeLoader", "CSafeLoader", "BaseLoader", "CBaseLoader"}
_PAIRS = ("socket.", "paramiko.", "multiprocessing.connection.")
"""Python's modules that take a host and its port as one tuple."""

_ADDRESS_OPTIONS = {"URL", "PROXY", "PRE_PROXY", "CONNECT_TO"}
_DATABASES = ("sql.Open", "sqlx.Open", "sqlx.Connect", "sqlx.MustConnect")
_CONFINING = {"AllowedDomains", "URLFilters"}
"""Options of colly's collectors that say which hosts are asked."""

_SWITCHED = {"numpy.load": ("allow_pickle", True), "torch.load": ("weights_only", False)}
"""Loaders that unpickle only where an option is set so; the other way round is their default, or nearly nobody's."""

_RESPONSES = re.compile(r"^(?:res|resp|response|c|ctx|context)$")
_CLIENTS = re.compile(
    r"^_?(?:http_?client|client|session|http|axios(?:_?instance)?|api_?client|http_?session)$", re.IGNORECASE
)
_TO_PROGRAMS = {"communicate", "write", "end", "sendline", "send"}
"""Methods of a program that was started, of its standard input or of its terminal."""

_VIEWS = {"res", "response"}
"""What the response is called on which Express renders a file by its name."""

_PREFIXED = ("ky.create().", "ky.extend().", "got.extend().")
"""Methods of clients that may have a ``prefixUrl``, to which ky and got always append a text."""

_VERBS = {"get", "post", "put", "patch", "delete", "head", "request", "ws_connect"}
_ADDRESS_NAMES = re.compile(r"(?:^|_)(?:url|uri|endpoint|href|link)s?$|(?:Url|URL|Uri|URI|Endpoint)$", re.IGNORECASE)
_PAGES = re.compile(r"page|browser|tab|driver|frame|context", re.IGNORECASE)


@dataclass(slots=True)
class Sinks:
    """Looks at every call of the program once."""

    taints: Taints
    lines: CommandLines
    _prefixes: dict[int, bool] | None = None

    def all(self) -> Iterator[Sink]:
        """Every sink in analysed code, in the order of the program."""
        program = self.taints.program
        for fn in program.functions():
            if program.surface(fn.module).analysed:
                for number, call, block in program.calls(fn):
                    found = list(self._of(fn, number, call))
                    if found and not self._is_dead(fn, number, block):
                        yield from found

    def _is_dead(self, fn: Fn, number: int, block: int) -> bool:
        """Whether the function has always left before it comes to the call."""
        function = self.taints.program.function(fn)
        around = set()
        while block >= 0:
            around.add(block)
            block = function.blocks[block].parent
        for step in function.steps:
            if isinstance(step, ir.Do) and step.value == number:
                return False
            if isinstance(step, ir.Raise | ir.Return) and step.block in around and not getattr(step, "yields", False):
                return True
        return False

    def _of(self, fn: Fn, number: int, call: ir.Call) -> Iterator[Sink]:
        symbols = callees(self.taints.symbols, fn.at(call.callee))
        paths = [s.path for s in symbols if isinstance(s, External)]
        if (archive := archives.unpacked(self.taints, fn.at(number), call, paths)) is not None:
            yield Sink(Danger.PATH, fn, number, archive, paths[0], "write")
        for path in dict.fromkeys(one for held in paths for one in codeapis.spellings(held)):
            found = list(self._named(fn, number, call, path))
            if found:
                yield from found
                return
        if self.taints.program.modules[fn.module].language == "go":
            for address in gorequests.addressed(self.taints, fn, call):
                yield Sink(Danger.ADDRESS, fn, number, address, "net/http.Request")
            for address in gorequests.forwarded(self.taints, fn, call):
                yield Sink(Danger.ADDRESS, fn, number, address, "net/http/httputil.ReverseProxy")
        elif self._makes_functions(fn.at(call.callee)):
            yield from (Sink(Danger.CODE, fn, number, fn.at(a.value), "Function") for a in call.args)
        if not any(isinstance(s, Fn) for s in symbols):
            yield from self._method(fn, number, call, paths)

    def _makes_functions(self, at: At) -> bool:
        """JavaScript: whether it is what functions are made with: ``(async () => {}).constructor``."""
        held, where = self.taints.definition(at), self.taints.defined(at)
        if not isinstance(held, ir.Member) or held.name != "constructor":
            return False
        made, base = self.taints.definition(where.to(held.base)), self.taints.defined(where.to(held.base))
        if (
            isinstance(made, ir.Call)
            and made.args
            and self.taints.hints.name_of(base.to(made.callee)) == "getPrototypeOf"
        ):
            made = self.taints.definition(base.to(made.args[0].value))
        return isinstance(made, ir.Closure) or (isinstance(made, ir.Member) and made.name == "constructor")

    def _named(self, fn: Fn, number: int, call: ir.Call, path: str) -> Iterator[Sink]:
        if path in codeapis.PATHS:
            operation, places = codeapis.PATHS[path]
            operation = operation_of(self.taints, fn, call, operation)
            for value in chosen(self.taints, fn, call, places):
                if not archives.is_upload(self.taints, value):
                    yield Sink(Danger.PATH, fn, number, value, path, operation)
        if path in codeapis.ADDRESSES and not self._is_confined(fn, call, path):
            for value in chosen(self.taints, fn, call, codeapis.ADDRESSES[path]):
                host = self._host(value) if path.startswith(_PAIRS) else value
                file = self._opens_file(fn, call, path)
                first = bool(call.args) and value == fn.at(call.args[0].value)
                within = first and path.startswith(_PREFIXED) and self._is_prefixed(fn)
                sink = Sink(Danger.ADDRESS, fn, number, host, path, within=within)
                yield replace(sink, danger=Danger.PATH, operation="write") if file else sink
        if path in codeapis.SHELLS and not (path in codeapis.PROGRAMS and self._is_list(fn, call)):
            for value in chosen(self.taints, fn, call, codeapis.SHELLS[path]):
                yield Sink(Danger.COMMAND, fn, number, value, path, shell=True)  # noqa: S604 - a fact about the audited code
        else:
            yield from self.lines.of(fn, number, call, path)
        if path in codeapis.CODE and self._evaluates(fn, call, path):
            for value in chosen(self.taints, fn, call, codeapis.CODE[path]):
                yield Sink(Danger.CODE, fn, number, self.taints.unwrapped(value), path)

    def _is_confined(self, fn: Fn, call: ir.Call, path: str) -> bool:
        """Whether a call sets another option than an address, or its client was made for some hosts alone."""
        if path.endswith(".setopt"):  # pycurl
            return bool(call.args) and self.taints.hints.name_of(fn.at(call.args[0].value)) not in _ADDRESS_OPTIONS
        callee = self.taints.program.value(fn.at(call.callee))
        client = fn.at(callee.base) if isinstance(callee, ir.Member) else None
        made = self.taints.definition(client) if client else None
        given = made.args if client and isinstance(made, ir.Call) else ()
        told = [self.taints.defined(client).to(a.value) for a in given] if client else []
        options = ((at, self.taints.program.value(at)) for at in told)
        return any(
            isinstance(one, ir.Call) and self.taints.hints.name_of(at.to(one.callee)) in _CONFINING
            for at, one in options
        )

    def _is_prefixed(self, fn: Fn) -> bool:
        """Whether the clients that are made here, or all there are, put ``prefixUrl`` before an address."""
        if self._prefixes is None:
            program = self.taints.program
            scripts = (one for one in program.functions() if program.is_script(one.module))
            calls = ((one, call) for one in scripts for _, call, _ in program.calls(one))
            made = (one for one in calls if self._makes_client(*one))
            held = [(one.module, bool(list(chosen(self.taints, one, call, ("prefixUrl",))))) for one, call in made]
            self._prefixes = {module: all(so for other, so in held if other == module) for module, _ in held}
        return self._prefixes.get(fn.module, bool(self._prefixes) and all(self._prefixes.values()))

    def _makes_client(self, fn: Fn, call: ir.Call) -> bool:
        made = self.taints.symbols.resolve(fn.at(call.callee))
        return any(isinstance(s, External) and f"{s.path}()." in _PREFIXED for s in made)

    def _opens_file(self, fn: Fn, call: ir.Call, path: str) -> bool:
        """Go: whether the database that a call opens is a file, by its driver."""
        driver = self.taints.definition(fn.at(call.args[0].value)) if path.endswith(_DATABASES) and call.args else None
        return isinstance(driver, ir.Literal) and driver.text.startswith(("sqlite", "duckdb", "file"))

    def _is_list(self, fn: Fn, call: ir.Call) -> bool:
        """Whether a call that takes a command line or the words of one is given words."""
        given = [fn.at(a.value) for a in call.args if not a.name or a.name in {"command", "cmd", "args"}]
        return any(isinstance(self.taints.definition(at), ir.Sequence) for at in given[:2])

    def _host(self, at: At) -> At:
        """The host of a socket's address, which stands before its port."""
        value = self.taints.definition(at)
        items = value.items if isinstance(value, ir.Sequence) else ()
        return self.taints.defined(at).to(items[0]) if items else at

    def _evaluates(self, fn: Fn, call: ir.Call, path: str) -> bool:
        language = self.taints.program.modules[fn.module].language
        if path in codeapis.OF_LANGUAGE and codeapis.OF_LANGUAGE[path] != (language == "python"):
            return False
        if path.startswith("js-yaml."):  # version 3 has a schema that makes functions of texts
            return any("FULL" in text for text in self._option_names(fn, call, "schema"))
        if path.startswith("yaml.YAML()"):  # ruamel's is told when it is made
            return "unsafe" in self._made_with(fn, call, "typ")
        if path.startswith("yaml.load"):
            loaders = [
                self.taints.hints.name_of(fn.at(a.value))
                for n, a in enumerate(call.args)
                if a.name == "Loader" or n == 1
            ]
            return language == "python" and not _SAFE_LOADERS.intersection(loaders)
        if path in _SWITCHED:
            option, dangerous = _SWITCHED[path]
            given = (self.taints.definition(fn.at(a.value)) for a in call.args if a.name == option)
            return any(isinstance(value, ir.Literal) and value.text.lower() == "true" for value in given) is dangerous
        return True

    # --- methods of what is not known by its type

    def _method(self, fn: Fn, number: int, call: ir.Call, paths: list[str]) -> Iterator[Sink]:  # noqa: C901 - one case per kind
        callee = self.taints.program.value(fn.at(call.callee))
        if not isinstance(callee, ir.Member):
            return
        name, base = callee.name, fn.at(callee.base)
        called = self.taints.hints.name_of(base) or self.taints.key_of(base)
        language = self.taints.program.modules[fn.module].language
        first = next((fn.at(a.value) for a in call.args if not a.name and not a.spread), None)
        if language == "python" and name in codeapis.PATH_OBJECT_METHODS:
            yield from self._path_object(fn, number, call, name, base)
        elif name in _TO_PROGRAMS:
            yield from self._told_program(fn, number, call, name, base)
        elif name in codeapis.BROWSER_METHODS and first is not None and (_PAGES.search(called) or name == "goto"):
            yield Sink(Danger.ADDRESS, fn, number, first, f"{called or 'page'}.{name}")
        elif name == "render" and called in _VIEWS and language != "go" and first is not None:
            yield Sink(Danger.PATH, fn, number, first, f"{called}.render", "read")
        elif name in codeapis.RESPONSE_FILES and first is not None and _RESPONSES.match(called):
            if not self._option_names(fn, call, "root"):
                yield Sink(Danger.PATH, fn, number, first, f"{called}.{name}", "read")
        elif name in _VERBS and _CLIENTS.match(called) and all("(" in p or p.count(".") < 3 for p in paths):  # noqa: PLR2004
            at = [fn.at(a.value) for a in call.args if a.name == "url"]
            positional = [fn.at(a.value) for a in call.args if not a.name and not a.spread]
            at += positional[1:2] if name == "request" and len(positional) > 1 else positional[:1]
            for value in at[:1]:
                if self._looks_like_address(value):
                    yield Sink(Danger.ADDRESS, fn, number, value, f"{called}.{name}", confidence=Confidence.MEDIUM)
        elif language == "python" and name == "save" and first is not None and called in {"wb", "workbook"}:
            yield Sink(Danger.PATH, fn, number, first, f"{called}.save", "write")

    def _made_with(self, fn: Fn, call: ir.Call, name: str) -> set[str]:
        """What the object whose method is called was told at its making, under a name or first."""
        callee = self.taints.program.value(fn.at(call.callee))
        base = fn.at(callee.base) if isinstance(callee, ir.Member) else fn.at(call.callee)
        made, where = self.taints.definition(base), self.taints.defined(base)
        given = made.args if isinstance(made, ir.Call) else ()
        told = [self.taints.definition(where.to(a.value)) for a in given if a.name in {"", name}]
        return {value.text for value in told if isinstance(value, ir.Literal)}

    def _told_program(self, fn: Fn, number: int, call: ir.Call, name: str, base: At) -> Iterator[Sink]:
        """What is sent to a program that was started: a shell takes it for commands."""
        stdin = self.taints.hints.name_of(base) == "stdin"
        for at in chosen(self.taints, fn, call, (0, "input")):
            if shells.reads(self.taints, base) if stdin else shells.is_started(self.taints, base):
                yield Sink(Danger.COMMAND, fn, number, at, f"stdin.{name}", shell=True)  # noqa: S604 - a fact
            elif stdin and name == "write" and self._ends_line(at):
                yield Sink(Danger.ARGUMENT, fn, number, at, "stdin.write")

    def _ends_line(self, at: At) -> bool:
        """Whether a text ends with a line break: what reads it takes it for a command."""
        value, where = self.taints.definition(at), self.taints.defined(at)
        last = self.taints.definition(where.to(value.parts[-1])) if isinstance(value, ir.Text) and value.parts else None
        return isinstance(last, ir.Literal) and last.text.endswith("\n")

    def _option_names(self, fn: Fn, call: ir.Call, key: str) -> list[str]:
        """What the values are called that an option is given."""
        found = []
        for argument in call.args:
            held, where = self.taints.definition(fn.at(argument.value)), self.taints.defined(fn.at(argument.value))
            entries = held.entries if isinstance(held, ir.Record) else ()
            found += [self.taints.hints.name_of(where.to(entry.value)) for entry in entries if entry.key == key]
        return found

    def _looks_like_address(self, at: At) -> bool:
        value = self.taints.definition(at)
        if isinstance(value, ir.Text):
            where = self.taints.defined(at)
            return any(
                isinstance(v := self.taints.definition(where.to(p)), ir.Literal) and "/" in v.text for p in value.parts
            )
        return bool(_ADDRESS_NAMES.search(self.taints.key_of(at) or self.taints.hints.name_of(at)))

    def _path_object(self, fn: Fn, number: int, call: ir.Call, name: str, base: At) -> Iterator[Sink]:
        symbols = self.taints.symbols.resolve(base)
        known = any(
            isinstance(s, External) and s.path.startswith(("pathlib.", "anyio.Path", "upath.")) for s in symbols
        )
        if not (known or name in codeapis.UNMISTAKABLE or self._is_path(base)):
            return
        operation = operation_of(self.taints, fn, call, codeapis.PATH_OBJECT_METHODS[name])
        yield Sink(Danger.PATH, fn, number, base, f"Path.{name}", operation)
        if (operation == "rename" or (known and name in {"glob", "rglob"})) and call.args:
            yield Sink(Danger.PATH, fn, number, fn.at(call.args[0].value), f"Path.{name}", operation)

    def _is_path(self, at: At) -> bool:
        """Whether a value is put together as path objects are: ``root / name``, ``Path(x).resolve()``."""
        value, where = self.taints.definition(at), self.taints.defined(at)
        match value:
            case ir.Operation(operator="/"):
                return True
            case ir.Call(callee=callee):
                symbols = self.taints.symbols.resolve(where.to(callee))
                made = any(isinstance(s, External) and s.path.startswith(("pathlib.", "anyio.Path")) for s in symbols)
                base = self.taints.program.value(where.to(callee))
                inner = (
                    isinstance(base, ir.Member)
                    and base.name in codeapis.PATH_METHODS
                    and self._is_path(where.to(base.base))
                )
                return made or inner
            case ir.Member(name="parent", base=base):
                return self._is_path(where.to(base))
            case ir.Choice(options=options):
                return any(self._is_path(where.to(option)) for option in options)
            case _:
                return False
