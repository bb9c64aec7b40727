"""Everything that watches a session while tools are called, and what there is to watch."""

import msgspec

from skillaudit.guards import ConfigChange, Guard, SurfaceHash, Volume
from skillaudit.linking.events.amounts import Amounts
from skillaudit.linking.events.configchanges import ConfigChanges
from skillaudit.linking.events.expanded import Expansions
from skillaudit.linking.events.idleguards import IdleGuards
from skillaudit.linking.events.kept import Kept
from skillaudit.linking.events.surfacehashes import Listings, SurfaceHashes
from skillaudit.linking.events.volumes import Volumes
from skillaudit.linking.events.watchers import Watchers, unique
from skillaudit.linking.records.coverage import Coverage
from skillaudit.linking.records.said import Sayings
from skillaudit.linking.registrations.toolbox import Candidate, Toolbox


class Watching(msgspec.Struct, frozen=True):
    """Guards, the data that tools move, changes of the server's configuration, hashes of the tools it lists."""

    guards: tuple[Guard, ...]
    volumes: tuple[Volume, ...]
    changes: tuple[ConfigChange, ...]
    hashes: tuple[SurfaceHash, ...]


def watching(box: Toolbox, coverage: Coverage, candidates: tuple[Candidate, ...], sayings: Sayings) -> Watching:
    """Look for all of it."""
    expansions = Expansions(box.program, box.symbols, box.calls)
    volumes = Volumes(box, coverage)
    changes = ConfigChanges(box, coverage, expansions, sayings)
    constants = Amounts(box, coverage.unasked.changed())
    kept = Kept(box.program, coverage.gates, constants)
    idle = IdleGuards(box.program, expansions, Amounts(box), constants)
    return Watching(
        unique(Watchers(box, coverage, candidates, expansions, kept, idle).all()),
        tuple(one for tool in candidates for one in volumes.of(tool)),
        tuple(one for tool in candidates for one in changes.of(tool)),
        tuple(SurfaceHashes(box, coverage, Listings(box.program, box.symbols, box.calls)).all()),
    )
