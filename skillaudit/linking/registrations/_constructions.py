"""In which calls of a constructor an object was made, and on which objects a method is called."""

from collections.abc import Iterable, Iterator

from skillaudit import ir
from skillaudit.linking.calls.graph import CONSTRUCTORS, Calls
from skillaudit.linking.calls.lineage import Lineage
from skillaudit.linking.calls.scene import Scene, Seen
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.registrations.answers import Answers


def made(lineage: Lineage, answers: Answers, cls: Cls, site: At, scene: Scene) -> Scene:
    """The scene in which the constructor of a class was called there, if a call made the object."""
    called = isinstance(answers.program.value(site), ir.Call)
    constructor = lineage.constructor(cls) if called else None
    return scene.having(constructor, site, answers.line(site)) if constructor else scene


def inside(lineage: Lineage, answers: Answers, fn: Fn, cls: Cls, scene: Scene) -> Iterator[Scene]:
    """A scene for each call of a constructor that makes objects of the class."""
    constructs = answers.program.function(fn).name in CONSTRUCTORS and fn not in scene.choices
    sites = lineage.constructions(fn, cls) if constructs else []
    known = False
    for site, inherited in sites:
        if answers.comparable(fn, Fn(site.module, site.function)):
            known = True
            yield scene.having(fn, site, None if inherited else answers.line(site))
    if not known:
        yield scene


def chosen(answers: Answers, at: At, call: ir.Call, asked: Iterable[Seen]) -> list[Seen]:
    """The classes that a call makes objects of, where it is a loop's element or an entry that says which."""
    if any(isinstance(symbol, Cls) for symbol in answers.symbols.resolve(at.to(call.callee))):
        return []
    held = ((one, scene) for one, scene in asked if isinstance(one, At))
    return [(one, scene) for one, scene in held if isinstance(answers.program.value(one), ir.ClassValue)]


def called_on(calls: Calls, answers: Answers, at: At, scene: Scene) -> Iterator[tuple[At, Scene]]:
    """Go: what the method that a receiver belongs to is called on, at the chosen call or at each."""
    fn = Fn(at.module, at.function)
    chosen = scene.choices.get(fn)
    go = answers.program.modules[at.module].language == "go"
    edges = [edge for edge in calls.into.get(fn, ()) if not edge.handed] if go else []
    for edge in edges:
        site = edge.caller.at(edge.value)
        call = answers.program.value(site)
        callee = answers.program.value(site.to(call.callee)) if isinstance(call, ir.Call) else None
        known = chosen in {None, site} and answers.comparable(fn, edge.caller)
        if known and isinstance(callee, ir.Member):
            yield site.to(callee.base), scene.having(fn, site, answers.line(site) if len(edges) > 1 else None)
