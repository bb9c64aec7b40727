"""Everything that watches a session while tools are called, and what there is to watch."""

import msgspec

from skillaudit.guards import ConfigChange, Guard, SurfaceHash, Volume
from skillaudit.linking.amounts import Amounts
from skillaudit.linking.configchanges import ConfigChanges
from skillaudit.linking.coverage import Coverage
from skillaudit.linking.expanded import Expansions
from skillaudit.linking.idleguards import IdleGuards
from skillaudit.linking.kept import Kept
from skillaudit.linking.said import Sayings
from skillaudit.linking.surfacehashes import Listings, SurfaceHashes
from skillaudit.linking.toolbox import Candidate, Toolbox
from skillaudit.linking.volumes import Volumes
from skillaudit.linking.watchers import Watchers, unique


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
