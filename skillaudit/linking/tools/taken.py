"""What a Python dispatcher hands to the function that it runs for a tool."""

import re

from skillaudit.linking.names.program import Fn
from skillaudit.linking.registrations.toolbox import Toolbox
from skillaudit.linking.values.roles import Role

_MAPPING = re.compile(r"[Dd]ict|Mapping|Any|JSON|object")


def taken(box: Toolbox, fn: Fn) -> Fn:
    """The function, which gets all arguments in its one parameter, or each in its own."""
    params = [p for p in box.program.function(fn).params if p.kind == "plain"]
    whole = len(params) == 1 and (not params[0].type_text or _MAPPING.search(params[0].type_text) is not None)
    box.client_fills(fn, Role.ARGUMENTS if whole else Role.ARGUMENT)
    return fn
