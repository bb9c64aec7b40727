"""What tests make of production's classes says nothing of what production logs; what an application makes does."""

import pytest
from linked import facts_of

from skillaudit.facts import Nature

_CLIENT = '''\
import logging
from dataclasses import dataclass, field

log = logging.getLogger(__name__)


@dataclass
class Client:
    """Speaks to a shelf."""

    address: str
    extras: dict = field(default_factory=dict)

    def open(self):
        log.info("opening %s", self.address)
        log.info("with %s", self.extras["x"])
'''
_MAKING = """\
import os

from desk.client import Client

client = Client(os.environ["SHELF_API_KEY"])
client.extras["x"] = os.environ["SHELF_PASSWORD"]
client.open()
"""


@pytest.mark.parametrize(
    ("path", "shown"),
    [("tests/test_client.py", set()), ("desk/main.py", {"SHELF_API_KEY", "SHELF_PASSWORD"})],
)
def test_objects_that_tests_make_are_not_followed(path: str, shown: set[str]) -> None:
    found = facts_of({"desk/__init__.py": "", "desk/client.py": _CLIENT, path: _MAKING})
    flows = [flow for call in found.log_calls for flow in call.flows if flow.nature is Nature.SECRET_VARIABLE]
    assert {flow.name for flow in flows} == shown
