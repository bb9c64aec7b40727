"""Functions that are not simply called: properties and context managers, by their decorators."""

from skillaudit import ir
from skillaudit.linking.names.program import At, Fn, Program

_GETTERS = {
    "property",
    "cached_property",
    "abstractproperty",
    "computed_field",
    "hybrid_property",
    "getter",
    "classproperty",
}
_SETTERS = {"setter", "deleter"}
_ABSTRACT = {"abstractmethod", "abstractproperty"}
_MANAGERS = {"contextmanager", "asynccontextmanager", "lifespan"}


def is_getter(program: Program, fn: Fn) -> bool:
    """Whether reading the attribute runs the function."""
    return not _GETTERS.isdisjoint(_decorators(program, fn))


def is_setter(program: Program, fn: Fn) -> bool:
    """Whether assigning to or deleting the attribute runs the function."""
    return not _SETTERS.isdisjoint(_decorators(program, fn))


def makes_own(program: Program, at: At, callee: ir.Value) -> bool:
    """Whether a call is ``cls(…)`` in a class method, which makes an object of the class."""
    return isinstance(callee, ir.Receiver) and "classmethod" in _decorators(program, Fn(at.module, at.function))


def is_context_manager(program: Program, fn: Fn) -> bool:
    """Whether what the function yields is what its caller gets."""
    return not _MANAGERS.isdisjoint(_decorators(program, fn))


def is_left_open(program: Program, fn: Fn) -> bool:
    """Whether a method of Python only says what heirs are to do: it is abstract, or does nothing but raise."""
    if program.modules[fn.module].language != "python":
        return False
    steps = program.function(fn).steps
    raises = bool(steps) and isinstance(steps[-1], ir.Raise) and not any(isinstance(s, ir.Return) for s in steps)
    return not _ABSTRACT.isdisjoint(_decorators(program, fn)) or (raises and _is_not_implemented(program, fn))


def _is_not_implemented(program: Program, fn: Fn) -> bool:
    last = program.function(fn).steps[-1]
    raised = fn.at(last.value) if isinstance(last, ir.Raise) and last.value >= 0 else None
    return raised is not None and _last_name(program, raised) == "NotImplementedError"


def is_generator(program: Program, fn: Fn) -> bool:
    """Whether the function yields."""
    return any(isinstance(step, ir.Return) and step.yields for step in program.function(fn).steps)


def _decorators(program: Program, fn: Fn) -> set[str]:
    """The last names of what decorates a function: ``functools.cached_property`` is ``cached_property``."""
    function = program.function(fn)
    return {_last_name(program, At(fn.module, function.parent, value)) for value in function.decorators}


def _last_name(program: Program, at: At) -> str:
    value = program.value(at)
    match value:
        case ir.Variable():
            return _last_name(program, at.to(value.value)) or value.name
        case ir.Import():
            return value.symbol
        case ir.Name() | ir.Member():
            return value.name
        case ir.Call():
            return _last_name(program, at.to(value.callee))
        case _:
            return ""
