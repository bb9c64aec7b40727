"""Small programs, lowered and linked inside the test process."""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from skillaudit import ir
from skillaudit.chain import with_chains
from skillaudit.collect import Collected
from skillaudit.collectors import go, python, semgrep, typescript
from skillaudit.configuration import Documents, documents
from skillaudit.facts import Facts
from skillaudit.inventory import Inventory, take_inventory
from skillaudit.link import link
from skillaudit.linking.names.program import At, Fn, Program
from skillaudit.linking.names.symbols import Cls, External, Formal, Instance, Namespace, Symbol, Symbols
from skillaudit.lowering import Lower, LoweringError
from skillaudit.pool import Job, Lowered
from skillaudit.settingsfiles import SettingsFiles, read_settings

_LOWER: dict[str, Lower] = {
    "python": python.lower,
    "typescript": typescript.lower,
    "javascript": typescript.lower,
    "go": go.lower,
}


def lowered(jobs: Iterable[Job], *_: object) -> list[Lowered]:
    """What ``pool.lower_files`` gives, without a process of its own."""
    return sorted(map(_lowered, jobs), key=lambda result: result.path)


def _lowered(job: Job) -> Lowered:
    try:
        module = _LOWER[job.language](job.path, job.language, job.source)
    except LoweringError as error:
        return Lowered(job.path, None, str(error))
    return Lowered(job.path, module, raw=msgspec.json.encode(module))


def inventory_of(files: Mapping[str, str]) -> Inventory:
    """The inventory of files given by path and text."""
    return _taken(files)[0]


def _taken(files: Mapping[str, str]) -> tuple[Inventory, SettingsFiles, Documents]:
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            place = Path(folder, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        inventory = take_inventory(Path(folder))
        return inventory, read_settings(Path(folder), inventory), documents(Path(folder), inventory)


def _sources(files: Mapping[str, str], inventory: Inventory) -> list[tuple[str, str, bytes]]:
    return [
        (file.path, file.language.label, files[file.path].encode())
        for file in inventory.files
        if file.language is not None and file.language.label in _LOWER and file.surface.analysed
    ]


def facts_of(files: Mapping[str, str]) -> Facts:
    """The facts that link finds in files given by path and text, rules included."""
    inventory, settings, held = _taken(files)
    sources = _sources(files, inventory)
    marks, gaps = semgrep.run_rules(sources, jobs=1, timeout=120)
    modules = tuple(_LOWER[language](path, language, text) for path, language, text in sources)
    return with_chains(link(Collected(modules, marks, gaps), inventory, settings, held), Documents())


def program_of(files: Mapping[str, str]) -> Program:
    """The program of files given by path and text, without what the rules say."""
    inventory = inventory_of(files)
    modules = [_LOWER[language](path, language, text) for path, language, text in _sources(files, inventory)]
    return Program(inventory, modules, {})


def probed(program: Program, path: str) -> list[At]:
    """The first argument of each call of ``probe`` in a file."""
    number = next(n for n, module in enumerate(program.modules) if module.path == path)
    found: list[At] = []
    for fn in program.functions():
        if fn.module == number:
            for _, call, _ in program.calls(fn):
                callee = program.value(fn.at(call.callee))
                if isinstance(callee, ir.Name | ir.Member) and callee.name == "probe":
                    found.append(fn.at(call.args[0].value))
    return found


def denoted(files: Mapping[str, str], path: str) -> list[str]:
    """What the arguments of the calls of ``probe`` in a file may denote, in a short notation, sorted."""
    program = program_of(files)
    symbols = Symbols(program)
    return sorted({shown(program, symbol) for at in probed(program, path) for symbol in symbols.resolve(at)})


def shown(program: Program, symbol: Symbol) -> str:
    """A symbol in a short notation."""
    match symbol:
        case External(path=path):
            return path
        case Fn() | Cls() | Instance():
            return _own(program, symbol)
        case Namespace(module=module):
            return f"file {program.modules[module].path}"
        case Formal(position=position):
            return f"parameter {position}"
    value = program.value(symbol.at)
    return value.text if isinstance(value, ir.Literal) else type(value).__name__


def _own(program: Program, symbol: Fn | Cls | Instance) -> str:
    match symbol:
        case Fn():
            return f"def {program.function(symbol).qualname}"
        case Cls():
            return f"class {program.klass(symbol).name}"
    return f"a {program.klass(symbol.cls).name}"
