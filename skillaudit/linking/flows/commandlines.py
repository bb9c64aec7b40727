"""Programs that calls start: the words of their command lines, which of them run, and which may be options."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from skillaudit import ir
from skillaudit.codeflows import Danger
from skillaudit.linking.flows import gocommands, shells
from skillaudit.linking.flows.dangers import Sink, chosen
from skillaudit.linking.flows.taints import Taints
from skillaudit.linking.flows.words import Word, Words
from skillaudit.linking.knowledge import codeapis
from skillaudit.linking.knowledge.vocabulary import words as words_of
from skillaudit.linking.names.program import At, Fn
from skillaudit.linking.names.symbols import External

_INLINE = re.compile(r"^(?:-[a-z]*c|/[cCkK]|-Command|-EncodedCommand|-e|--eval|-r)$", re.IGNORECASE)


@dataclass(slots=True)
class CommandLines:
    """Reads one call that starts a program at a time."""

    taints: Taints
    words: Words

    def of(self, fn: Fn, number: int, call: ir.Call, path: str) -> Iterator[Sink]:
        """What a call to a function says that starts a program, or sets one up, and what its input says to a shell."""
        if path in codeapis.PROGRAMS:
            yield from self._program(fn, number, call, path)
        elif gocommands.runs(path):
            yield from self._built(fn, number, call, path)
        elif path in codeapis.OPTIONS:
            given = chosen(self.taints, fn, call, codeapis.OPTIONS[path])
            words = [word for at in given for line in self.words.of(at, fn, number) for word in line]
            yield from self._optional(fn, number, path, words)
        elif path.startswith(codeapis.PROGRAMS_BY_NAME) and self.taints.program.modules[fn.module].language == "python":
            words = [word for argument in call.args if not argument.name for word in self._word(fn, number, argument)]
            yield from self._line(fn, number, path, [Word(fn.at(call.callee), (fn, number)), *words], shell=False)
        elif path.startswith(codeapis.GIT_COMMANDS):
            words = [word for argument in call.args if not argument.name for word in self._word(fn, number, argument)]
            yield from self._optional(fn, number, path, words)
        if path in codeapis.QUOTING_TEMPLATES:
            yield from self._template(fn, number, call, path)

    def _program(self, fn: Fn, number: int, call: ir.Call, path: str) -> Iterator[Sink]:
        row = codeapis.PROGRAMS[path]
        form, first = row.form, row.first
        arguments = [fn.at(a.value) for a in call.args if not a.name and form != "options"][first:]
        if not arguments or (form == "list" and self._is_options(arguments[0])):
            form = "list"
            arguments = list(chosen(self.taints, fn, call, row.arguments))
        if not arguments:
            return
        shell = shells.is_used(self.taints, fn, call) or (form == "split" and self._tells_shell(arguments[0]))
        first_word = [Word(arguments[0], (fn, number))]
        lines = [first_word]
        if form == "rest" and not shell:
            lines = self._rest(fn, number, call, first)
        elif form == "pair" or (form == "split" and self._is_listed(arguments)):
            options = len(arguments) > 1 and self._is_options(arguments[1])
            given = list(chosen(self.taints, fn, call, ("args",))) if options else arguments[1:2]
            for at in given:
                lines = [first_word + rest for rest in self.words.of(at, fn, number)]
        else:
            lines = self.words.of(arguments[0], fn, number)
        for words in lines:
            yield from self._line(fn, number, path, words, shell=shell)
            yield from self._input(fn, number, call, words)

    def _rest(self, fn: Fn, number: int, call: ir.Call, first: int) -> list[list[Word]]:
        arguments = [a for a in call.args if not a.name][first:]
        if len(arguments) == 1 and arguments[0].spread:
            return self.words.of(fn.at(arguments[0].value), fn, number)
        handed = self.words.handed([fn.at(argument.value) for argument in arguments])
        return handed or [[word for argument in arguments for word in self._word(fn, number, argument)]]

    def _input(self, fn: Fn, number: int, call: ir.Call, words: list[Word]) -> Iterator[Sink]:
        """What a shell reads from its standard input, where it was given no command."""
        if [self._text(word).rpartition("/")[2] in shells.SHELLS for word in words] == [True]:
            for at in chosen(self.taints, fn, call, ("input",)):
                yield Sink(Danger.COMMAND, fn, number, at, "input", shell=True)  # noqa: S604 - a fact

    def _template(self, fn: Fn, number: int, call: ir.Call, path: str) -> Iterator[Sink]:
        """``$`git log ${x}` ``: a value is one quoted word; as the program, or behind ``sh -c``, it still runs."""
        value = self.taints.program.value(fn.at(call.args[0].value)) if call.args else None
        before = ""
        tag = self.taints.program.value(fn.at(call.callee))
        told = isinstance(tag, ir.Call) and shells.is_used(self.taints, fn, tag)
        for part in value.parts if isinstance(value, ir.Text) else ():
            piece = self.taints.program.value(fn.at(part))
            words = before.split()
            if isinstance(piece, ir.Literal):
                before += piece.text
                continue
            inline = told or (
                len(words) > 1 and bool(_INLINE.match(words[-1])) and words[-2].rpartition("/")[2] in shells.SHELLS
            )
            if inline or not words:
                yield Sink(Danger.COMMAND, fn, number, fn.at(part), path, word=not inline, shell=inline)
            before += "x"

    def _is_options(self, at: At) -> bool:
        return isinstance(self.taints.definition(at), ir.Record | ir.Closure)

    def _is_listed(self, arguments: list[At]) -> bool:
        """Whether the words behind a program stand in a list of their own."""
        return len(arguments) > 1 and isinstance(self.taints.definition(arguments[1]), ir.Sequence)

    def _tells_shell(self, at: At) -> bool:
        """Whether a line of words begins with a shell and its option for a command: ``"sh -c '…"``."""
        value, where = self.taints.definition(at), self.taints.defined(at)
        begun = value.parts if isinstance(value, ir.Text) else value.operands if isinstance(value, ir.Operation) else ()
        first = self.taints.definition(where.to(begun[0])) if begun else None
        words = first.text.split() if isinstance(first, ir.Literal) else []
        return any(_INLINE.match(word) and told.rpartition("/")[2] in shells.SHELLS for told, word in pairwise(words))

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
            yield from self._optional(fn, number, path, words[1:], names[0] if names else "")

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

    def _optional(self, fn: Fn, number: int, path: str, words: list[Word], program: str = "") -> Iterator[Sink]:
        """Words that a program may take for options: not behind ``--``, not the value of an option."""
        switches = codeapis.SWITCHES - codeapis.VALUED.get(program, set())
        before = ""
        for word, text in ((word, self._text(word)) for word in words):
            if text == "--":
                return
            if not text and not (before.startswith("-") and "=" not in before and before not in switches):
                yield Sink(Danger.ARGUMENT, fn, number, word.at, path, word=True, use=word.use)
            before = text

    def _text(self, word: Word) -> str:
        value = self.taints.definition(word.at)
        return value.text if isinstance(value, ir.Literal) else ""

    def _built(self, fn: Fn, number: int, call: ir.Call, path: str) -> Iterator[Sink]:
        """A command whose fields are set before it runs; what a shell reads is a command, too."""
        commands = gocommands.GoCommands(self.taints, self.words)
        for line in commands.lines(fn, number, call):
            yield from self._line(fn, number, path, line, shell=False)
        program = commands.program(fn, call)
        if program is not None and self._text(Word(program, (fn, number))).rpartition("/")[2] in shells.SHELLS:
            for value in commands.read(fn, call):
                yield Sink(Danger.COMMAND, fn, number, value, path, shell=True)  # noqa: S604 - a fact
