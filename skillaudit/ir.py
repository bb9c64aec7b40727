"""The language-neutral form of one source file: what every front end produces and the linker reads.

A file is a list of functions (number 0 is the module body), each in a light static single assignment form:
``values`` is a table of expressions that refer by index to earlier ones, ``steps`` are the effects in source order,
``blocks`` say under which condition, loop or handler a step stands. Local variables are resolved to the values that
reach them (``Choice`` where several do): no flow needs a second parse. What a function does not bind or reads before it
binds it, stays a ``Name``, resolved lexically by the linker. Everything crosses the worker's border as validated JSON.

Types are values that nothing evaluates: ``A | B`` is an ``Operation``, ``A[B]``, ``A<B>`` and ``B[]`` an ``Item`` of
``A`` (or ``Array``) by ``B`` (by a ``Sequence`` of several), a pointer is what it points to, several results of a Go
function are a ``Sequence``. ``x.(T)`` is an ``Opaque`` ``type_assertion`` of ``x`` and ``T``; what is only declared is
in TypeScript an ``Opaque`` ``declared`` of its type, in Go its zero value (an empty ``Record`` of the type).
"""

from typing import TypeAlias

import msgspec


class _Node(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Base of everything below: compact, immutable, comparable."""


# --- values -----------------------------------------------------------------------------------------------------------


class Literal(_Node, frozen=True, tag="lit"):
    """A constant. ``kind`` is ``str``, ``num``, ``bool``, ``null`` or ``regex``; ``text`` is its value."""

    kind: str
    text: str


class Param(_Node, frozen=True, tag="par"):
    """The function's parameter number ``index`` (see ``Function.params``)."""

    index: int


class Receiver(_Node, frozen=True, tag="self"):
    """``self``/``cls`` (Python), ``this`` (JavaScript), the method's receiver (Go)."""


class Name(_Node, frozen=True, tag="name"):
    """A name this function does not bind: enclosing function, module, package (Go) or builtin."""

    name: str
    line: int


class Import(_Node, frozen=True, tag="imp"):
    """An imported module (``symbol`` empty), one of its symbols, or all of them (``*``).

    ``module`` is as written: ``.log``, ``../log.js``, ``log/slog``. A default import has the symbol ``default``.
    """

    module: str
    symbol: str
    line: int


class Variable(_Node, frozen=True, tag="var"):
    """A local variable's value, with the name it was given: names are evidence of what a value is."""

    name: str
    value: int
    line: int


class Member(_Node, frozen=True, tag="mem"):
    """``base.name``, also optional chaining."""

    base: int
    name: str
    line: int


class Item(_Node, frozen=True, tag="item"):
    """``base[key]``; destructuring an object by name is a ``Member``, by position an ``Item``."""

    base: int
    key: int
    line: int


class Element(_Node, frozen=True, tag="elem"):
    """One element of ``base`` as a loop or comprehension sees it."""

    base: int


class Argument(_Node, frozen=True):
    """One argument: ``name`` for keywords, ``spread`` for ``*args`` and ``...rest``; ``line`` 0 is that of the call."""

    value: int
    name: str = ""
    spread: bool = False
    line: int = 0


class Call(_Node, frozen=True, tag="call"):
    """A call or construction (``new``); ``start``/``end`` are byte offsets of the whole expression in the file."""

    callee: int
    args: tuple[Argument, ...]
    line: int
    end_line: int
    start: int
    end: int
    new: bool = False
    awaited: bool = False


class Text(_Node, frozen=True, tag="text"):
    """A string put together: ``style`` is ``template`` (f-string, template literal), ``concat`` or ``percent``.

    ``parts`` hold the literal pieces too; a conversion is an ``Operation`` of the value (``!r``, ``format``).
    """

    style: str
    parts: tuple[int, ...]
    line: int


class Operation(_Node, frozen=True, tag="op"):
    """Any operator not covered elsewhere, as written: ``==``, ``in``, ``not``, ``!``, ``typeof``, ``or``, ``??``."""

    operator: str
    operands: tuple[int, ...]


class Choice(_Node, frozen=True, tag="or"):
    """One of several values: a conditional expression (``test`` >= 0) or what reaches after branches (``test`` -1)."""

    options: tuple[int, ...]
    test: int = -1


class Entry(_Node, frozen=True):
    """``key`` is a literal or a local constant, else empty; ``spread``: ``...other``; ``line`` 0 is the record's."""

    key: str
    value: int
    spread: bool = False
    line: int = 0


class Record(_Node, frozen=True, tag="rec"):
    """A dict, object literal or struct literal; ``made_of`` is the value that names a Go struct's type, else -1."""

    entries: tuple[Entry, ...]
    line: int
    made_of: int = -1


class Sequence(_Node, frozen=True, tag="seq"):
    """A list, tuple, set, array or slice literal, or the elements a comprehension yields."""

    items: tuple[int, ...]


class Closure(_Node, frozen=True, tag="fn"):
    """A nested function, lambda or arrow function, by its number in ``Module.functions``."""

    function: int


class ClassValue(_Node, frozen=True, tag="cls"):
    """A class as a value, by its number in ``Module.classes``."""

    index: int


class Caught(_Node, frozen=True, tag="exc"):
    """What an ``except``/``catch`` clause bound; ``types`` are values naming the exception types, if any."""

    types: tuple[int, ...]
    line: int


class Opaque(_Node, frozen=True, tag="any"):
    """An expression of another kind (``kind`` for the record); flows pass through its ``children``."""

    kind: str
    children: tuple[int, ...]


Value: TypeAlias = (
    Literal
    | Param
    | Receiver
    | Name
    | Import
    | Variable
    | Member
    | Item
    | Element
    | Call
    | Text
    | Operation
    | Choice
    | Record
    | Sequence
    | Closure
    | ClassValue
    | Caught
    | Opaque
)


# --- steps and blocks -------------------------------------------------------------------------------------------------


class Do(_Node, frozen=True, tag="do"):
    """The call ``value`` is evaluated; every ``Call`` has exactly one such step, nested ones first."""

    value: int
    block: int


class Return(_Node, frozen=True, tag="ret"):
    """``value`` (-1: nothing) is returned, or yielded (``yields``)."""

    value: int
    block: int
    line: int
    yields: bool = False


class Raise(_Node, frozen=True, tag="raise"):
    """``value`` (-1: re-raised) is raised or thrown; Go's ``panic`` is a call."""

    value: int
    block: int
    line: int


class Store(_Node, frozen=True, tag="store"):
    """``base.name = value``, or ``base[key] = value`` with an empty ``name`` and ``key`` >= 0."""

    base: int
    name: str
    value: int
    block: int
    line: int
    key: int = -1


Step: TypeAlias = Do | Return | Raise | Store


class Block(_Node, frozen=True):
    """A stretch of code.

    ``kind`` is ``body``, ``if``, ``else``, ``loop``, ``try``, ``except``, ``finally``, ``with`` or ``case``.

    ``test`` is the condition (``if``/``else``/``case``), the iterable (``loop``), the context manager (``with``) or the
    caught variable (``except``), -1 where there is none. An ``else`` repeats the condition of its ``if``: it stands
    where the condition does not hold. ``exits``: its end is not reached (every path returns, raises or breaks).
    """

    kind: str
    parent: int
    test: int
    line: int
    end_line: int
    exits: bool = False


# --- functions, classes, modules --------------------------------------------------------------------------------------


class Parameter(_Node, frozen=True):
    """A declared parameter. ``kind``: ``plain``, ``rest`` (``*args``, ``...rest``), ``keywords`` (``**kwargs``).

    ``type``, ``default`` and ``decorators`` are values of ``Function.parent``, or -1; ``type_text`` is the annotation,
    cut at 200 characters. A destructured parameter has no name, its parts are bound as ``Member`` values of it.
    """

    name: str
    kind: str = "plain"
    type: int = -1
    default: int = -1
    type_text: str = ""
    decorators: tuple[int, ...] = ()


class Binding(_Node, frozen=True):
    """A name bound in a function's (or the module's) scope and the value it has at the end of it."""

    name: str
    value: int
    line: int


class Function(_Node, frozen=True):
    """A function, method, lambda, or the module body (number 0, named ``<module>``).

    ``parent`` is the function in which it is defined (-1 for the module body), ``owner`` its class or -1 (also for
    closures inside methods: there it is -1 and the parent's owner counts). ``decorators`` are values of the parent.
    ``returns`` is the annotated result type's value in the parent or -1. ``doc`` is the docstring or leading comment's
    first 500 characters, and a digest of the whole where it is longer. ``start``/``end`` are byte offsets.
    """

    name: str
    qualname: str
    line: int
    end_line: int
    start: int
    end: int
    params: tuple[Parameter, ...]
    decorators: tuple[int, ...]
    parent: int
    owner: int
    is_async: bool
    returns: int
    doc: str
    values: tuple[Value, ...]
    steps: tuple[Step, ...]
    blocks: tuple[Block, ...]
    bindings: tuple[Binding, ...]


class Field(_Node, frozen=True):
    """A class attribute or struct field: ``type`` and ``value`` (-1 if absent) are values of ``Class.scope``."""

    name: str
    type: int
    value: int
    line: int
    type_text: str = ""
    decorators: tuple[int, ...] = ()


class Method(_Node, frozen=True):
    """A class member function: its name and its number in ``Module.functions``; ``static`` takes no receiver."""

    name: str
    function: int
    static: bool = False


class Class(_Node, frozen=True):
    """A class, TypeScript interface/type literal, or Go type. ``scope`` is the function in which it is defined."""

    name: str
    line: int
    end_line: int
    scope: int
    bases: tuple[int, ...]
    decorators: tuple[int, ...]
    fields: tuple[Field, ...]
    methods: tuple[Method, ...]
    kind: str = "class"


class Export(_Node, frozen=True):
    """What other files see: a local value of function 0, or (``value`` -1) a ``symbol`` of another ``module``.

    The name ``*`` stands for all of ``module``. Python exports every module-level name and lists none.
    """

    name: str
    value: int
    module: str = ""
    symbol: str = ""


class Module(_Node, frozen=True):
    """One source file. ``package`` is Go's package clause, ``unparsed`` counts lines inside syntax errors."""

    path: str
    language: str
    functions: tuple[Function, ...]
    classes: tuple[Class, ...]
    exports: tuple[Export, ...]
    lines: int
    package: str = ""
    unparsed: int = 0


# --- what the rules say -----------------------------------------------------------------------------------------------


class Mark(_Node, frozen=True):
    """What a rule in ``rules/`` says of a stretch of source, usually of one call (same ``start`` and ``end`` offsets).

    ``fact`` names it (``tool``, ``transport``, …), ``roles`` are the rule's metadata as written (which argument is the
    handler, which encoder this is), ``captures`` the metavariables' source text without the dollar sign.
    """

    fact: str
    rule: str
    path: str
    line: int
    end_line: int
    start: int
    end: int
    roles: tuple[tuple[str, str], ...]
    captures: tuple[tuple[str, str], ...]
