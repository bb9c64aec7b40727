"""What checks read: language-neutral facts about the audited tree, frozen, with their places.

Facts say what *is*; they never say whether it is good. A place in the code is a ``Location`` whose path is relative to
the tree's root.
"""

from enum import StrEnum

import msgspec

from skillaudit.advisory import Dependencies
from skillaudit.alert import Alerting
from skillaudit.codeflows import CodeFlow
from skillaudit.events import Connection, Correlation, Note, Rejection, Unused
from skillaudit.forward import Chain, Deployment
from skillaudit.guards import ConfigChange, Guard, SurfaceHash, Volume
from skillaudit.hosting import Hosting
from skillaudit.inventory import Inventory
from skillaudit.lapses import ErrorHandler, HardCoded, Mute
from skillaudit.model import Confidence, Gap, Location, Surface
from skillaudit.toolsurface import Pinned
from skillaudit.trails import Trace
from skillaudit.upkeep import Upkeep


class Level(StrEnum):
    """A record's level, in rising order."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Sink(StrEnum):
    """Where a log call writes: only ``LOGGER``, the process's streams and files are the operator's.

    ``CONTEXT`` is no record yet: what is bound there goes into every later record of the logger.
    """

    LOGGER = "logger"
    STDOUT = "stdout"
    STDERR = "stderr"
    FILE = "file"
    CLIENT = "client"
    SPAN = "span"
    BROWSER = "browser"
    CONTEXT = "context"


class Encoder(StrEnum):
    """How the records of a library are written by default in production."""

    JSON = "json"
    TEXT = "text"
    UNKNOWN = "unknown"


class Nature(StrEnum):
    """What a value that reaches a log is."""

    ENVIRONMENT = "the whole environment"
    SECRET_VARIABLE = "a secret environment variable"  # noqa: S105 - a description
    CREDENTIAL = "a credential"
    ARGUMENTS = "raw tool arguments"
    ARGUMENT = "a tool argument"
    MESSAGE = "the raw JSON-RPC message"
    HEADERS = "request or response headers"
    BODY = "a request or response body"
    REQUEST = "request data"
    UPSTREAM = "upstream response data"
    RESPONSE = "an upstream response's body"
    TOKENS = "the answer of a token endpoint"
    CONFIG = "an object that holds credentials"
    EXCEPTION = "an exception"


class Form(StrEnum):
    """How a value stands in a record."""

    FIELD = "field"
    MESSAGE = "message"


class Step(msgspec.Struct, frozen=True):
    """One stop of a data flow, source first."""

    location: Location
    note: str


ON_SOCKET = "the message of a web socket"
PUT = "put into an exception"
"""How the stop of a flow is noted at which a value becomes part of an exception."""

ALL_BUT_FEW = 1_000
"""As many characters of a value as this, or more, stand for all but a few."""


class Flow(msgspec.Struct, frozen=True):
    """A value of interest that reaches a log call.

    ``field`` is the key under which it stands in the record, where it stands alone under one.
    ``name`` is how the code calls the value, ``trace`` leads from the source to the call, ``partial`` says that only a
    piece of it arrives, ``kept`` how many characters that piece has (0: masked, or not known), ``certain`` that its
    nature follows from where it comes from and not from its name alone, ``foreign`` that it is a field of what another
    system described, and not the server's own, ``granted`` that the code reads a credential out of the same value.
    """

    nature: Nature
    name: str
    form: Form
    trace: tuple[Step, ...]
    partial: bool = False
    certain: bool = True
    escaped: bool = False
    kept: int = 0
    field: str = ""
    foreign: bool = False
    granted: bool = False


class LogCall(msgspec.Struct, frozen=True):
    """One call that writes a record, judged where the project hands the values over.

    ``library`` is the API in the end (``logging``, ``pino``, ``console``, ``unknown``), ``via`` the places of the
    wrapper's inner calls (empty for a direct call), ``gate`` the opt-in condition in front of it, ``handler`` whether
    it stands in an error handler, ``encoder`` how the library writes it in the end, ``event`` the literal value of a
    stable event name field, ``fields`` the names of its fields.
    """

    location: Location
    surface: Surface
    package: str
    library: str
    level: Level
    sink: Sink
    function: str
    message: str
    flows: tuple[Flow, ...]
    fields: tuple[str, ...] = ()
    event: str = ""
    via: tuple[Location, ...] = ()
    gate: str = ""
    handler: bool = False
    interpolated: bool = False
    structured: bool = False
    confidence: Confidence = Confidence.HIGH
    encoder: Encoder = Encoder.UNKNOWN

    @property
    def operator(self) -> bool:
        """Whether the operator of the server can see the record, as opposed to the client, a trace or a browser."""
        return self.sink not in {Sink.CLIENT, Sink.SPAN, Sink.BROWSER, Sink.CONTEXT}


class Redactor(msgspec.Struct, frozen=True):
    """Something that hides secrets in records: a layer of a logger or a helper; ``wired``: production code uses it.

    ``keys`` are the names that it hides, empty where it goes by patterns; ``library`` is set for a logger's option.
    ``fault`` says why it hides nothing although it is used, or would if it were.
    """

    location: Location
    surface: Surface
    package: str
    name: str
    what: str
    wired: bool
    keys: tuple[str, ...] = ()
    library: str = ""
    fault: str = ""


class EchoKind(StrEnum):
    """How a value leaves a function otherwise than by a log."""

    RAISED = "raised as an error"
    RETURNED = "returned in an error"
    TOOL_RESULT = "returned to the client"
    TOOL_ERROR = "returned to the client in an error"


class Echo(msgspec.Struct, frozen=True):
    """An error or answer that secrets reach; ``tool`` is empty outside tools (resources, prompts, dispatchers).

    ``declared`` says that the tool presents itself as one that makes credentials or gives them out.
    """

    location: Location
    surface: Surface
    package: str
    kind: EchoKind
    tool: str
    function: str
    flows: tuple[Flow, ...]
    declared: bool = False


class LoggerConfig(msgspec.Struct, frozen=True):
    """Where a logging library is set up; ``condition`` is set where the encoder depends on the environment."""

    location: Location
    surface: Surface
    package: str
    library: str
    encoder: Encoder
    what: str
    condition: str = ""
    opt_in: bool = False


class LogSink(msgspec.Struct, frozen=True):
    """A place that records go to in code. ``kind``: ``external``, ``file``, ``console``, ``errors-only``.

    ``wired``: production code uses it. ``address``: the URL that the code names, the stream of a console
    (``standard output``, ``standard error``), empty where it names none.
    ``unverified``: the code, or the default of what it makes, does not verify the other end's certificate.
    """

    location: Location
    surface: Surface
    package: str
    kind: str
    destination: str
    wired: bool = True
    opt_in: bool = False
    address: str = ""
    unverified: bool = False


class Effect(StrEnum):
    """What a tool can do to the world."""

    RETRIEVAL = "retrieval"
    MUTATION = "mutation"
    EXTERNAL = "external"
    EXECUTION = "execution"


class Record(msgspec.Struct, frozen=True):
    """A record that a tool's call leaves: where, and how it is attributed.

    ``mechanism`` is the handler, a decorator, a middleware or the dispatcher.
    """

    location: Location
    mechanism: str
    on_error_only: bool


class Tool(msgspec.Struct, frozen=True):
    """One MCP tool. ``handler`` is the place of its code (equal to ``location`` where it was not resolved).

    ``records`` are what a call leaves in the default configuration, ``trail`` every place where it may leave one;
    ``resolved`` is false where the handler could not be found, so that nothing can be said about its records;
    ``pinned`` is what a client sees of it, in digests; ``analytics`` is where an event of its call goes to product
    analytics, which is no record; ``outward``: it sends to a place that its caller names, or to people; ``notified``
    is where its call tells the client something, which is no record either, ``hushed`` where it writes one at debug
    level or behind an option.
    """

    name: str
    location: Location
    surface: Surface
    package: str
    handler: Location
    effects: tuple[Effect, ...]
    style: str
    description: str = ""
    records: tuple[Record, ...] = ()
    resolved: bool = True
    trail: tuple[Trace, ...] = ()
    pinned: Pinned = msgspec.field(default_factory=Pinned)
    outward: bool = False
    analytics: Location | None = None
    notified: Location | None = None
    hushed: Location | None = None


class Transport(msgspec.Struct, frozen=True):
    """A transport that the server can be started with: ``stdio``, ``http`` or ``sse``."""

    kind: str
    location: Location
    surface: Surface
    package: str


class AuthCode(msgspec.Struct, frozen=True):
    """Code that authenticates callers of this server."""

    location: Location
    what: str
    package: str


class StdoutWrite(msgspec.Struct, frozen=True):
    """A write to standard output that the stdio serving path can reach; ``before``: on the way, not while it serves."""

    location: Location
    package: str
    what: str
    reached_from: tuple[Step, ...]
    before: bool = False


class Snippet(msgspec.Struct, frozen=True):
    """The masked source text of a finding's lines, taken while the tree exists."""

    location: Location
    text: str


class Facts(msgspec.Struct, frozen=True):
    """Everything that was found in the tree. ``server_packages`` are the packages in which tools are registered."""

    inventory: Inventory
    tools: tuple[Tool, ...] = ()
    log_calls: tuple[LogCall, ...] = ()
    loggers: tuple[LoggerConfig, ...] = ()
    sinks: tuple[LogSink, ...] = ()
    transports: tuple[Transport, ...] = ()
    auth: tuple[AuthCode, ...] = ()
    stdout_writes: tuple[StdoutWrite, ...] = ()
    error_handlers: tuple[ErrorHandler, ...] = ()
    mutes: tuple[Mute, ...] = ()
    hard_coded: tuple[HardCoded, ...] = ()
    code_flows: tuple[CodeFlow, ...] = ()
    echoes: tuple[Echo, ...] = ()
    guards: tuple[Guard, ...] = ()
    volumes: tuple[Volume, ...] = ()
    config_changes: tuple[ConfigChange, ...] = ()
    surface_hashes: tuple[SurfaceHash, ...] = ()
    redactors: tuple[Redactor, ...] = ()
    gaps: tuple[Gap, ...] = ()
    unregistered: tuple[Location, ...] = msgspec.field(default=())
    rejections: tuple[Rejection, ...] = ()
    connections: tuple[Connection, ...] = ()
    notes: tuple[Note, ...] = ()
    correlations: tuple[Correlation, ...] = ()
    unused: tuple[Unused, ...] = ()
    chains: tuple[Chain, ...] = ()
    deployments: tuple[Deployment, ...] = ()
    alerting: Alerting = msgspec.field(default_factory=Alerting)
    hosting: Hosting = msgspec.field(default_factory=Hosting)
    dependencies: Dependencies = msgspec.field(default_factory=Dependencies)
    upkeep: Upkeep = msgspec.field(default_factory=Upkeep)
