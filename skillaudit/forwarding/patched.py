"""What kustomize makes of manifests: patches by name of the workload and of the container, as they are applied."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from skillaudit.configuration import Node, Text, Unresolved
from skillaudit.forwarding.parts import Workload


def patched(pods: Iterable[Workload]) -> Iterator[Workload]:
    """The containers; those without an image are changes of the ones that they name, or of none in the tree."""
    held = list(pods)
    whole = {one.name: one for one in held if one.image}
    changed: dict[str, Workload] = {}
    for one in held:
        if not one.image and (base := changed.get(one.name) or whole.get(one.name)) is not None:
            changed[one.name] = _merged(base, one)
    for one in held:
        if one.image:
            yield changed.get(one.name, one) if whole[one.name] is one else one


def _merged(base: Workload, patch: Workload) -> Workload:
    """The base with what the patch says: its command, variables and volumes."""
    given = dict(base.environment) | {name: _at(node, base.location.line) for name, node in patch.environment}
    return replace(
        base,
        links=(*base.links, *patch.links),
        environment=tuple(given.items()),
        volumes=(*base.volumes, *patch.volumes),
        role=patch.role or base.role,
    )


def _at(node: Node, line: int) -> Node:
    """A value of another file, where the container stands."""
    match node:
        case Text(text=held):
            return Text(line, held)
        case Unresolved(text=held):
            return Unresolved(line, held)
        case _:
            return node
