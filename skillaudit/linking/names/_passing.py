"""Well-known foreign functions and types that stand for what they are given."""

from skillaudit import ir

WRAPPED_TYPES = {"Optional", "Promise", "Awaitable", "Annotated", "Partial", "Readonly", "Required", "Union", "Type"}
"""Generic types whose values are those of their argument."""

ANYTHING = {
    "None", "undefined", "null", "any", "Any", "typing.Any", "unknown", "object", "never", "void", "typing.Callable",
    "collections.abc.Callable", "Function",
}  # fmt: skip
"""Types that say nothing of a value."""

TRANSPARENT_CALLS = {
    "functools.partial()", "functools.wraps()()", "functools.cache()", "functools.lru_cache()",
    "functools.lru_cache()()", "contextlib.nullcontext()", "contextlib.closing()", "typing.cast()", "copy.copy()",
    "copy.deepcopy()", "types.MappingProxyType()", "Object.freeze()", "Object.seal()", "structuredClone()",
    "util.promisify()", "sync.OnceValue()", "sync.OnceValues()", "sync.OnceFunc()",
}  # fmt: skip
"""They give back an argument, or a function that behaves like it."""

FACTORIES = {
    "dataclasses.field()", "pydantic.Field()", "attrs.field()", "attr.ib()", "attrs.Factory()", "attr.Factory()",
}  # fmt: skip
"""They declare a field by its default or by what makes one."""

INJECTED = {"fastapi.Depends()", "fastmcp.dependencies.Depends()", "fastapi.Security()"}
"""As a parameter's default they stand for what the given function returns."""

OF_FUNCTIONS = {
    "bind", "call", "apply", "name", "length", "prototype", "toString", "fn", "func", "__name__", "__doc__",
    "__wrapped__", "cache_clear", "cache_info", "delay", "apply_async",
}  # fmt: skip
"""Members that functions have themselves."""


def is_generic(path: str, key: ir.Value) -> bool:
    """Whether ``FastMCP[State]`` is the class with its parameters; a text or number picks something out of a table."""
    name = path.rpartition(".")[2]
    return name.isidentifier() and name[0].isupper() and not name.isupper() and not isinstance(key, ir.Literal)
