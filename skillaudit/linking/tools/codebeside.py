"""Python: the code of a tool that is only described, by what stands beside its description."""

from skillaudit import ir
from skillaudit.linking.calls.scene import Scene
from skillaudit.linking.names.program import At, Cls, Fn
from skillaudit.linking.names.symbols import Formal
from skillaudit.linking.registrations.handlers import RUNS
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.tools.taken import taken
from skillaudit.linking.values.roles import Role


def of(box: Toolbox, fn: Fn, name: str, named: tuple[At, Scene]) -> Fn | None:
    """The code of ``Tool(name=…)``, which stands in ``fn`` and says its name by a value in a scene."""
    at, scene = named
    own = _named_like(box, fn, name) or _method_beside(box, fn, scene) or _kept_beside(box, at, scene)
    return own or _handed_beside(box, fn, scene)


def _named_like(box: Toolbox, fn: Fn, name: str) -> Fn | None:
    """A function of the same file that is named like the tool: the dispatcher calls it."""
    bound = box.program.bindings(Fn(fn.module, 0))
    plain = name.replace("-", "_")
    for candidate in (name, plain, f"handle_{plain}", f"{plain}_handler"):
        if candidate in bound:
            target = box.handler(Fn(fn.module, 0).at(bound[candidate]))
            if target is not None and not box.program.function(target.fn).name.startswith("_"):
                for index, _ in enumerate(box.program.function(target.fn).params):
                    box.roles.add(Formal(target.fn, index), Role.ARGUMENTS)
                return target.fn
    return None


def _method_beside(box: Toolbox, fn: Fn, scene: Scene) -> Fn | None:
    """The method that runs the tool which the class, or the one that inherits it, describes."""
    owner = box.symbols.owner(fn)
    if owner is None:
        return None
    chosen = scene.choices.get(box.scenes.lineage.root(owner))
    methods = box.handlers.methods(chosen if isinstance(chosen, Cls) else owner)
    found = next((methods[name] for name in RUNS if name in methods), None)
    box.client_fills(found, Role.ARGUMENTS)
    return found


def _kept_beside(box: Toolbox, at: At, scene: Scene) -> Fn | None:
    """The code that the object keeps which keeps the name, itself or in its specification: ``spec.handler``."""
    at = box.program.bare(at)
    while isinstance(value := box.program.value(at), ir.Member):
        at = box.program.bare(at.to(value.base))
        kept = (seen for key in RUNS for seen in list(box.scenes.entry(at, (key,), scene)))
        handler = next((one for held, inner in kept if (one := box.handler(held, inner))), None)
        if handler is not None:
            return taken(box, handler.fn)
    return None


def _handed_beside(box: Toolbox, fn: Fn, scene: Scene) -> Fn | None:
    """The only function that the call hands over which hands over the name: ``self.add("search", self.search)``."""
    site = scene.choices.get(fn)
    call = box.program.value(site) if isinstance(site, At) else None
    if not isinstance(site, At) or not isinstance(call, ir.Call):
        return None
    given = [seen for argument in call.args for seen in box.scenes.of(site.to(argument.value), scene)]
    found = {one.fn for held, inner in given if (one := box.handler(held, inner))}
    return taken(box, found.pop()) if len(found) == 1 else None
