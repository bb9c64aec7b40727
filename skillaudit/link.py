"""Links the facts of single files to the facts about the program."""

import contextlib
import ctypes
import gc
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, get_type_hints

import msgspec
from msgspec.structs import replace

from skillaudit import ir
from skillaudit.beside import Beside
from skillaudit.collect import Collected
from skillaudit.configuration import Documents
from skillaudit.environment import environment
from skillaudit.events import Correlation, Note
from skillaudit.facts import Echo, Facts, LogCall, Transport
from skillaudit.inventory import Inventory
from skillaudit.linking.calls.gates import Gates
from skillaudit.linking.calls.graph import Calls
from skillaudit.linking.events.connections import connections
from skillaudit.linking.events.rejections import rejections
from skillaudit.linking.events.watching import watching
from skillaudit.linking.flows.codeflows import CodeFlows
from skillaudit.linking.flows.echoes import Echoes
from skillaudit.linking.flows.hardcoded import hard_coded, in_settings
from skillaudit.linking.loggers.configuredsinks import configured_sinks
from skillaudit.linking.loggers.encoders import Encoders
from skillaudit.linking.loggers.logfiles import LogFiles
from skillaudit.linking.loggers.mutes import mutes
from skillaudit.linking.loggers.ownformats import OwnFormats
from skillaudit.linking.loggers.redaction import Redaction
from skillaudit.linking.loggers.redactors import Redactors
from skillaudit.linking.loggers.setups import Setups
from skillaudit.linking.loggers.sinks import sinks
from skillaudit.linking.loggers.stdout import stdout_writes
from skillaudit.linking.loggers.thresholds import Thresholds
from skillaudit.linking.names.program import Fn, Program
from skillaudit.linking.names.shipped import shipped
from skillaudit.linking.names.symbols import Symbols
from skillaudit.linking.origins.origins import Origins
from skillaudit.linking.origins.texts import Texts
from skillaudit.linking.records.correlated import correlations
from skillaudit.linking.records.coverage import Coverage
from skillaudit.linking.records.logcalls import LogCalls
from skillaudit.linking.records.moments import Moments
from skillaudit.linking.records.notes import Notes
from skillaudit.linking.records.reaching import Reaching
from skillaudit.linking.records.said import Sayings
from skillaudit.linking.records.shapes import Shapes
from skillaudit.linking.records.swallows import error_handlers
from skillaudit.linking.records.toolfacts import tool_facts
from skillaudit.linking.records.tooltrails import Trails
from skillaudit.linking.registrations.operations import apis
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox
from skillaudit.linking.serving.deadcode import dead_code
from skillaudit.linking.serving.hosting import hosting
from skillaudit.linking.serving.transports import auth, piped, transports
from skillaudit.linking.serving.unserved import unserved
from skillaudit.linking.serving.unused import unused
from skillaudit.linking.tools import found as tooling
from skillaudit.linking.values.roles import Roles
from skillaudit.model import Gap, Surface
from skillaudit.settingsfiles import SettingsFiles

NOT_LINKED = "not-linked"
"""The kind of the gaps of a program that was not linked in time."""
_ENDING = 5.0
_ROOM = 512 * 1024 * 1024
_FRAMES = 60_000
_WORTH_A_COPY = range(1_500, 12_000)
"""Numbers of functions at which the second part of the linking is done on the other core: below, a copy of the process
costs more than it saves; above, it takes more memory than an audit may."""
_HINTS: Final = get_type_hints(Facts)
_SECOND: Final = msgspec.defstruct(
    "_Second",
    [
        (name, _HINTS[name])
        for name in ("code_flows", "rejections", "connections", "echoes", "notes", "correlations", "unused", "gaps")
    ],
    frozen=True,
    array_like=True,
)
"""What needs nothing of the other facts but the log calls and the tools."""


class _TooLongError(BaseException):
    """Raised in the thread that links, so that it ends."""


class Pace(msgspec.Struct, frozen=True):
    """How to link: with so many processes at most, and given up after so many seconds; None for never."""

    jobs: int = 1
    seconds: float | None = None


_NO_HURRY = Pace()
_NO_SETTINGS = SettingsFiles()
_NO_DOCUMENTS = Documents()


def link(
    collected: Collected,
    inventory: Inventory,
    settings: SettingsFiles = _NO_SETTINGS,
    documents: Documents = _NO_DOCUMENTS,
    pace: Pace = _NO_HURRY,
) -> Facts:
    """Resolve names, calls, logs, flows and tools across files, in a thread with room for deep values.

    Values nested as deep as ``names._sound`` lets them through are followed by recursion; the main thread's stack
    would not do, and a file that is deeper is a gap. So is every file of production code where the whole takes longer
    than ``pace`` allows: nothing is known of the program then.
    """
    outcome: list[Facts] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(_link(collected, inventory, settings, documents, beside if pace.jobs > 1 else None))
        except BaseException as error:  # noqa: BLE001 - raised again where the caller waits
            failure.append(error)

    frames, room = sys.getrecursionlimit(), threading.stack_size(_ROOM)
    sys.setrecursionlimit(_FRAMES)
    try:
        with Beside() as beside, _keeping_garbage(collected):
            thread = threading.Thread(target=run, name="link", daemon=True)
            thread.start()
            thread.join(pace.seconds)
        if thread.is_alive():
            return _given_up(thread, collected, inventory, pace)
    finally:
        threading.stack_size(room)
        sys.setrecursionlimit(frames)
    if failure:
        raise failure[0]
    return outcome[0]


def _given_up(thread: threading.Thread, collected: Collected, inventory: Inventory, pace: Pace) -> Facts:
    """End the thread."""
    ident, ended = ctypes.c_ulong(thread.ident or 0), ctypes.py_object(_TooLongError)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, ended)
    thread.join(_ENDING)
    return unlinked(collected, inventory, f"linking took longer than {pace.seconds or 0:.0f} s")


def unlinked(collected: Collected, inventory: Inventory, reason: str) -> Facts:
    """What is known of a program that was not linked: of no file of production code what it does."""
    unseen = (Gap(NOT_LINKED, file.path, reason, file.lines) for file in inventory.of(Surface.PRODUCTION) if file.lines)
    return Facts(inventory=inventory, gaps=(*inventory.gaps, *collected.gaps, *unseen))


@contextlib.contextmanager
def _keeping_garbage(collected: Collected) -> Iterator[None]:
    """Linking makes little that only a search would free, and looking for it takes a seventh of the time."""
    if not gc.isenabled() or sum(len(module.functions) for module in collected.modules) >= _WORTH_A_COPY.stop:
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _halves(box: Toolbox, beside: Beside | None, second: Callable[[], Any]) -> Callable[[], Any]:
    """Start the second part on the other core where that is worth it; gives what waits for it."""
    depths = box.origins.depths
    answers = depths.answers

    def here() -> Any:
        depths.resume(answers)  # as on the other core, which knows nothing of the first part
        return second()

    if beside is None or sum(len(m.functions) for m in box.program.modules) not in _WORTH_A_COPY:
        return here
    result = beside.start(lambda: msgspec.json.encode(second()))

    def waited() -> Any:
        found = result()
        return here() if found is None else msgspec.json.decode(found, type=_SECOND)

    return waited


def _promoted(box: Toolbox) -> tuple[Transport, ...]:
    """The transports; what starts them counts as production from here on."""
    found = tuple(transports(box))
    box.program.promote(transport.location.path for transport in found if transport.surface.counts)
    return found


def _told(
    box: Toolbox, candidates: Sequence[Candidate], logs: Iterable[tuple[Fn, int, LogCall]], sayings: Sayings
) -> tuple[tuple[Echo, ...], tuple[Note, ...], tuple[Correlation, ...]]:
    return (
        tuple(Echoes(box).all(candidates)),
        tuple(Notes(box.program, box.origins, sayings).of(logs)),
        tuple(correlations(box.program, box.origins, sayings)),
    )


def _coverage(
    box: Toolbox,
    gates: Gates,
    logs: tuple[tuple[Fn, int, LogCall], ...],
    candidates: tuple[Candidate, ...],
    found: tuple[Transport, ...],
) -> Coverage:
    handlers = frozenset(c.handler for c in candidates if c.handler is not None)
    return Coverage(box, gates, logs, handlers, frozenset(c.name for c in candidates), piped(found))


def _joined(first: Facts, second: Any) -> Facts:
    held = {name: getattr(second, name) for name in second.__struct_fields__}
    return replace(first, **held | {"gaps": (*first.gaps, *second.gaps)})


def _program(collected: Collected, inventory: Inventory) -> Program:
    marks: dict[str, list[ir.Mark]] = defaultdict(list)
    for mark in collected.marks:
        marks[mark.path].append(mark)
    program = Program(inventory, collected.modules, {path: tuple(held) for path, held in marks.items()})
    program.promote(list(shipped(program)))
    return program


def _link(
    collected: Collected, inventory: Inventory, settings: SettingsFiles, documents: Documents, beside: Beside | None
) -> Facts:
    """Run the steps: tools say which parameters the client fills, log calls come before what a tool's call records."""
    program = _program(collected, inventory)
    symbols, roles, gates = Symbols(program), Roles(), Gates(program)
    calls = Calls(program, symbols)
    origins = Origins(program, symbols, roles, calls.callers(), calls.handed(), calls.made)
    texts, deployed = Texts(program, symbols, origins), environment(documents, inventory)
    box = Toolbox(program, symbols, calls, origins, texts, roles, apis(documents), deployed)
    found = _promoted(box)
    encoders = Encoders(box, gates, settings)
    wiring = encoders.wiring
    dead = dead_code(box, wiring, found)
    candidates = dead.tools(tooling.candidates(box))
    hiding = tuple(Redactors(Setups(box, encoders.conditions), bool(settings.log_files)).all())
    reaching = Reaching(program, origins, Redaction(Setups(box, encoders.conditions), hiding))
    written = dead.records(LogCalls(program, symbols, origins, gates, Shapes(program, symbols), reaching).all())
    logs = tuple(Thresholds(program, origins, bool(settings.log_files)).marked(written))
    loggers, setups = tuple(encoders.all()), Setups(box, encoders.conditions)
    files, own = LogFiles(setups, settings.log_files), OwnFormats(setups, logs)
    coverage = _coverage(box, gates, logs, candidates, found)
    sayings = Sayings(program, symbols, box.calls)
    trails = Trails(coverage, Moments(program, symbols, calls, gates, coverage), sayings)
    coded = CodeFlows(box, candidates, logs, dead)

    def second() -> Any:
        served = unserved(box, gates, wiring)
        return _SECOND(
            tuple(sorted(coded.all(), key=lambda f: (f.location, f.danger, f.sink))),
            rejections(box, gates, candidates, coverage, served),
            connections(box, gates, served, coverage.written, found),
            *_told(box, candidates, logs, sayings),
            (*unused(box, wiring, found, coverage.written), *dead.left_out),
            tuple(coded.gaps()),
        )

    rest = _halves(box, beside, second)
    watched = watching(box, coverage, candidates, sayings)
    first = Facts(
        inventory=inventory,
        tools=tuple(sorted(tool_facts(box, candidates, coverage, trails), key=lambda t: (t.location, t.name))),
        log_calls=tuple(replace(call, encoder=encoders.effective(call, loggers, own)) for _, _, call in logs),
        loggers=loggers,
        sinks=(*sinks(box, gates, wiring), *configured_sinks(setups, wiring, files)),
        transports=found,
        auth=tuple(auth(box)),
        stdout_writes=tuple(stdout_writes(box, files, candidates, logs, found)),
        error_handlers=tuple(error_handlers(box, gates, candidates, logs)),
        mutes=tuple(mutes(setups, wiring)),
        hard_coded=(*hard_coded(box), *in_settings(settings, inventory)),
        guards=watched.guards,
        volumes=watched.volumes,
        config_changes=watched.changes,
        surface_hashes=watched.hashes,
        redactors=hiding,
        hosting=hosting(box, candidates, found),
        gaps=(*inventory.gaps, *collected.gaps, *program.gaps, *settings.gaps),
    )
    return _joined(first, rest())
