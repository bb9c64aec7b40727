"""Calls that touch files, send requests, start programs or evaluate code, and the values that say which."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from skillaudit import ir
from skillaudit.codeflows import Danger
from skillaudit.linking import archives, codeapis, gocommands, gorequests, shells
from skillaudit.linking._callees import callees
from skillaudit.linking.program import At, Fn
from skillaudit.linking.symbols import External
from skillaudit.linking.taints import Taints
from skillaudit.linking.vocabulary import words as words_of
from skillaudit.linking.words import Word, Words
from skillaudit.model import Confidence

_WRITES = re.compile(r"[wax+]")
_SAFE_LOADERS = {"SafeLoader", "CSafeLoader", "BaseLoader", "CBaseLoader"}
_SWITCHED = {"numpy.load": ("allow_pickle", True), "torch.load": ("weights_only", False)}
"""Loaders that unpickle only where an option is set so; the other way round is their default, or nearly nobody's."""

_INLINE = re.compile(r"^(?:-[a-z]*c|/[cCkK]|-Command|-EncodedCommand|-e|--eval|-r)$", re.IGNORECASE)
_RESPONSES = re.compile(r"^(?:res|resp|response|c|ctx|context)$")
_CLIENTS = re.compile(
    r"^_?(?:http_?client|client|session|http|axios(?:_?instance)?|api_?client|http_?session)$", re.IGNORECASE
)
_VERBS = {"get", "post", "put", "patch", "delete", "head", "request", "ws_connect"}
_ADDRESS_NAMES = re.compile(r"(?:^|_)(?:url|uri|endpoint|href|link)s?$|(?:Url|URL|Uri|URI|Endpoint)$", re.IGNORECASE)
_PAGES = re.compile(r"page|browser|tab|driver|frame|context", re.IGNORECASE)


class Sink(msgspec.Struct, frozen=True):
    """A dangerous call and one value that decides what it does.

    ``word``: the value stands in a word of a command line; ``shell``: the text is given to a shell; ``use`` is the
    function and the call at which the value is handed over, which for a list built by a caller is that caller's.
    """

    danger: Danger
    fn: Fn
    call: int
    value: At
    name: str
    operation: str = ""
    word: bool = False
    shell: bool = False
    use: tuple[Fn, int] | None = None
    confidence: Confidence = Confidence.HIGH


@dataclass(slots=True)
class Sinks:
    """Looks at every call of the program once."""

    taints: Taints
    words: Words

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
        for path in dict.fromkeys(one for held in paths for one in (held, codeapis.chained(held))):
            found = list(self._named(fn, number, call, path))
            if found:
                yield from found
                return
        if self.taints.program.modules[fn.module].language == "go":
            for address in gorequests.addressed(self.taints, fn, call):
                yield Sink(Danger.ADDRESS, fn, number, address, "net/http.Request")
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

    def _named(self, fn: Fn, number: int, call: ir.Call, path: str) -> Iterator[Sink]:  # noqa: C901, PLR0912 - one case per kind
        if path in codeapis.PATHS:
            operation, places = codeapis.PATHS[path]
            operation = self._mode(fn, call, operation)
            for value in self._chosen(fn, call, places):
                if not archives.is_upload(self.taints, value):
                    yield Sink(Danger.PATH, fn, number, value, path, operation)
        if path in codeapis.ADDRESSES:
            for value in self._chosen(fn, call, codeapis.ADDRESSES[path]):
                yield Sink(Danger.ADDRESS, fn, number, self._host(value) if path.startswith("socket.") else value, path)
        if path in codeapis.SHELLS:
            for value in self._chosen(fn, call, codeapis.SHELLS[path]):
                yield Sink(Danger.COMMAND, fn, number, value, path, shell=True)  # noqa: S604 - a fact about the audited code
        elif path in codeapis.PROGRAMS:
            yield from self._program(fn, number, call, path)
        elif gocommands.runs(path):
            yield from self._built(fn, number, call, path)
        if path in codeapis.QUOTING_TEMPLATES:
            yield from self._template(fn, number, call, path)
        if path in codeapis.CODE and self._evaluates(fn, call, path):
            for value in self._chosen(fn, call, codeapis.CODE[path]):
                yield Sink(Danger.CODE, fn, number, value, path)
        if path.startswith(codeapis.GIT_COMMANDS):
            words = [word for argument in call.args if not argument.name for word in self._word(fn, number, argument)]
            yield from self._arguments(fn, number, path, words, [self._text(word) for word in words])

    def _host(self, at: At) -> At:
        """The host of a socket's address, which stands before its port."""
        value = self.taints.definition(at)
        items = value.items if isinstance(value, ir.Sequence) else ()
        return self.taints.defined(at).to(items[0]) if items else at

    def _built(self, fn: Fn, number: int, call: ir.Call, path: str) -> Iterator[Sink]:
        """A command whose fields are set before it runs; what a shell reads is a command, too."""
        commands = gocommands.GoCommands(self.taints, self.words)
        for line in commands.lines(fn, number, call):
            yield from self._line(fn, number, path, line, shell=False)
        program = commands.program(fn, call)
        if program is not None and self._text(Word(program, (fn, number))).rpartition("/")[2] in shells.SHELLS:
            for value in commands.read(fn, call):
                yield Sink(Danger.COMMAND, fn, number, value, path, shell=True)  # noqa: S604 - a fact

    def _mode(self, fn: Fn, call: ir.Call, operation: str) -> str:
        """What ``open`` does, by its mode."""
        if operation != "open":
            return operation
        given = [fn.at(a.value) for n, a in enumerate(call.args) if a.name == "mode" or (n == 1 and not a.name)]
        given += [fn.at(a.value) for n, a in enumerate(call.args) if n == 0 and not a.name]
        texts = (self.taints.definition(at) for at in given)
        mode = next((v.text for v in texts if isinstance(v, ir.Literal) and len(v.text) <= 4), "r")  # noqa: PLR2004 - the longest mode
        return "write" if _WRITES.search(mode) else "read"

    def _evaluates(self, fn: Fn, call: ir.Call, path: str) -> bool:
        language = self.taints.program.modules[fn.module].language
        if path in codeapis.OF_LANGUAGE and codeapis.OF_LANGUAGE[path] != (language == "python"):
            return False
        if path.startswith("js-yaml."):  # version 3 has a schema that makes functions of texts
            return any("FULL" in text for text in self._option_names(fn, call, "schema"))
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

    def _chosen(self, fn: Fn, call: ir.Call, places: Iterable[int | str]) -> Iterator[At]:
        """The arguments at some positions, or of some names; names are also looked up in records of options."""
        positional = [a.value for a in call.args if not a.name and not a.spread]
        names = {place for place in places if isinstance(place, str)}
        for place in places:
            if isinstance(place, int) and place < len(positional):
                at = fn.at(positional[place])
                held = self.taints.definition(at)
                if not (isinstance(held, ir.Record) and names):
                    yield at
        for argument in call.args:
            if argument.name in names:
                yield fn.at(argument.value)
            held, where = self.taints.definition(fn.at(argument.value)), self.taints.defined(fn.at(argument.value))
            if isinstance(held, ir.Record) and not argument.name:
                yield from (where.to(entry.value) for entry in held.entries if entry.key in names)
                stores = self.taints.program.function(Fn(where.module, where.function)).steps if names else ()
                kept = [s for s in stores if isinstance(s, ir.Store) and s.base >= 0 and s.name in names]
                yield from (where.to(s.value) for s in kept if self.taints.program.bare(where.to(s.base)) == where)

    # --- programs

    def _program(self, fn: Fn, number: int, call: ir.Call, path: str) -> Iterator[Sink]:
        form, first = codeapis.PROGRAMS[path]
        arguments = [a for a in call.args if not a.name]
        if len(arguments) <= first:
            arguments = [a for a in call.args if a.name in {"args", "command", "popenargs"}]
            first = 0
        if not arguments:
            return
        shell = shells.is_used(self.taints, fn, call)
        first_word = [Word(fn.at(arguments[first].value), (fn, number))]
        lines = [first_word]
        if form == "rest" and not shell:
            lines = self.words.handed([fn.at(argument.value) for argument in arguments[first:]])
            lines = lines or [[word for argument in arguments[first:] for word in self._word(fn, number, argument)]]
            if len(arguments) == first + 1 and arguments[first].spread:
                lines = self.words.of(fn.at(arguments[first].value), fn, number)
        elif form == "pair":
            options = len(arguments) > first + 1 and self._is_options(fn.at(arguments[first + 1].value))
            given = list(self._chosen(fn, call, ("args",))) if options else []
            given = given or ([fn.at(arguments[first + 1].value)] if len(arguments) > first + 1 and not options else [])
            for at in given:
                lines = [first_word + rest for rest in self.words.of(at, fn, number)]
        else:
            lines = self.words.of(fn.at(arguments[first].value), fn, number)
        for words in lines:
            yield from self._line(fn, number, path, words, shell=shell)

    def _template(self, fn: Fn, number: int, call: ir.Call, path: str) -> Iterator[Sink]:
        """``$`git log ${x}` ``: a value is one quoted word; as the program, or behind ``sh -c``, it still runs."""
        value = self.taints.program.value(fn.at(call.args[0].value)) if call.args else None
        before = ""
        for part in value.parts if isinstance(value, ir.Text) else ():
            piece = self.taints.program.value(fn.at(part))
            words = before.split()
            if isinstance(piece, ir.Literal):
                before += piece.text
                continue
            inline = len(words) > 1 and bool(_INLINE.match(words[-1])) and words[-2].rpartition("/")[2] in shells.SHELLS
            if inline or not words:
                yield Sink(Danger.COMMAND, fn, number, fn.at(part), path, word=not inline, shell=inline)
            before += "x"

    def _is_options(self, at: At) -> bool:
        return isinstance(self.taints.definition(at), ir.Record | ir.Closure)

    def _word(self, fn: Fn, number: int, argument: ir.Argument) -> list[Word]:
        at = fn.at(argument.value)
        if not argument.spread:
            return [Word(at, (fn, number))]
        return [word for line in self.words.of(at, fn, number) for word in line]

    def _line(self, fn: Fn, number: int, path: str, words: list[Word], *, shell: bool) -> Iterator[Sink]:
        """The words of a command line: the program, what a shell gets, and what may be taken for an option."""
        words = words[:60]
        texts = [self._text(word) for word in words]
        names = [text.rpartition("/")[2] for text in texts]
        names[:1] = [names[0] or self._called(words[0])] if names else []
        inside = bool(names) and names[0] in shells.SHELLS
        for position, word in enumerate(words):
            before = names[position - 2] if position > 1 else ""
            inline = position > 0 and bool(_INLINE.match(texts[position - 1])) and (inside or before in shells.SHELLS)
            if shell or inline:
                yield Sink(Danger.COMMAND, fn, number, word.at, path, shell=True, use=word.use)  # noqa: S604 - a fact
            elif position == 0 or self._is_run(names, texts, position):
                yield Sink(Danger.COMMAND, fn, number, word.at, path, word=True, use=word.use)
        if not shell:
            yield from self._arguments(fn, number, path, words[1:], texts[1:])

    def _called(self, word: Word) -> str:
        """The program that a name promises: ``self.bwrap_path``, ``shell``."""
        if any(isinstance(s, External) and s.path == "sys.executable" for s in self.taints.symbols.resolve(word.at)):
            return "python"
        parts = words_of(self.taints.hints.name_of(word.at))
        return next(
            (part for part in parts if part in codeapis.RUNNERS | shells.SHELLS), "bash" if "shell" in parts else ""
        )

    def _is_run(self, names: list[str], texts: list[str], position: int) -> bool:
        """Whether the word is the program that another program runs: the first that is no option of it."""
        rest = texts[1:position]
        first = not any(rest) or "--" in rest or all(text.startswith("-") for text in rest if text)
        return names[0] in codeapis.RUNNERS and first and not texts[position]

    def _arguments(self, fn: Fn, number: int, path: str, words: list[Word], texts: list[str]) -> Iterator[Sink]:
        """Words that a program may take for options: not behind ``--``, not the value of an option."""
        for position, (word, text) in enumerate(zip(words, texts, strict=True)):
            before = texts[position - 1] if position else ""
            if text == "--":
                return
            if not text and not (before.startswith("-") and "=" not in before and before not in codeapis.SWITCHES):
                yield Sink(Danger.ARGUMENT, fn, number, word.at, path, word=True, use=word.use)

    def _text(self, word: Word) -> str:
        value = self.taints.definition(word.at)
        return value.text if isinstance(value, ir.Literal) else ""

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
        elif name in {"write", "end"} and called == "stdin" and first is not None and shells.reads(self.taints, base):
            yield Sink(Danger.COMMAND, fn, number, first, f"stdin.{name}", shell=True)  # noqa: S604 - a fact
        elif name == "write" and called == "stdin" and first is not None and self._ends_line(first):
            yield Sink(Danger.ARGUMENT, fn, number, first, "stdin.write")
        elif name in codeapis.BROWSER_METHODS and first is not None and (_PAGES.search(called) or name == "goto"):
            yield Sink(Danger.ADDRESS, fn, number, first, f"{called or 'page'}.{name}")
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
        operation = self._mode(fn, call, codeapis.PATH_OBJECT_METHODS[name])
        yield Sink(Danger.PATH, fn, number, base, f"Path.{name}", operation)
        if operation == "rename" and call.args:
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
