"""Python's loggers that are cut off after their set-up, and set-ups that only look like it."""

import pytest
from linked import facts_of

from skillaudit.facts import Encoder

HEAD = """
import logging
import logging.config
import queue
import sys
from logging.handlers import MemoryHandler, QueueHandler, QueueListener

log = logging.getLogger(__name__)


class Lines(logging.Formatter):
    def format(self, record):
        return json.dumps(record.__dict__)


def write(number):
    log.info("asked", extra={"number": number})


def configure():
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
"""
ATTACHED = "    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)\n"
STARTED = 'def main():\n    configure()\n\n\nif __name__ == "__main__":\n    main()\n'
TABLE = '{"version": 1, "handlers": {"out": {"class": "logging.StreamHandler"}}, "root": {"handlers": ["out"]}%s}'


def _configured(extra: str) -> str:
    return f"logging.config.dictConfig({TABLE % extra})"


def _source(*steps: str) -> dict[str, str]:
    body = "".join(f"    {line}\n" for step in steps for line in step.split("\n"))
    return {"shop/app.py": f"import json\n{HEAD}{body}\n\n{STARTED}"}


BASIC = ATTACHED.strip()
QUEUED = "lines = queue.Queue()\nroot.addHandler(QueueHandler(lines))"


@pytest.mark.parametrize(
    ("steps", "silent"),
    [
        ((BASIC, "log.propagate = False"), True),
        ((BASIC, "log.propagate = False", "log.addHandler(handler)"), False),
        ((BASIC, "log.propagate = False", "log.addHandler(logging.NullHandler())"), True),
        ((BASIC, "for one in root.handlers:\n    log.addHandler(one)", "log.propagate = False"), False),
        ((BASIC, "log.propagate = False", "attach(log)"), False),
        ((BASIC, "logging.getLogger('httpx').propagate = False"), False),
        ((BASIC, "logging.getLogger('shop').propagate = False"), True),
        (("logging.getLogger('shop').addHandler(handler)", "logging.getLogger('shop').propagate = False"), False),
        ((BASIC, "root.handlers.clear()"), True),
        (("root.handlers.clear()", BASIC), False),
        ((BASIC, "root.handlers = []"), True),
        ((BASIC, "root.handlers[:] = []"), True),
        (("root.handlers = [handler]",), False),
        ((BASIC, "root.handlers = []", "root.addHandler(handler)"), False),
        ((BASIC, "for one in root.handlers[:]:\n    root.removeHandler(one)"), True),
        (("for one in list(root.handlers):\n    root.removeHandler(one)", "root.addHandler(handler)"), False),
        ((BASIC, "root.removeHandler(handler)"), True),
        ((BASIC, "root.addHandler(logging.StreamHandler())", "root.removeHandler(handler)"), False),
        ((BASIC, "logging.getLogger('uvicorn').handlers.clear()"), False),
        (("logging.disable(logging.CRITICAL)", BASIC, "logging.disable(logging.NOTSET)"), False),
        (("logging.disable(logging.NOTSET)", BASIC, "logging.disable(logging.CRITICAL)"), True),
        (("root.addHandler(QueueHandler(queue.Queue()))",), True),
        ((QUEUED, "QueueListener(lines, handler)"), True),
        ((QUEUED, "QueueListener(lines, handler).start()"), False),
        ((QUEUED, "drain(lines)"), False),
        (("root.addHandler(QueueHandler(queue.Queue()))", "root.addHandler(handler)"), False),
        (("root.addHandler(MemoryHandler(100))",), True),
        (("root.addHandler(MemoryHandler(100, target=handler))",), False),
        ((_configured(""),), True),
        ((_configured(', "disable_existing_loggers": False'),), False),
        ((_configured(', "incremental": True'),), False),
        ((_configured(', "loggers": {"shop": {"level": "INFO"}}'),), False),
        (("table = " + TABLE % "", "table['loggers'] = names()", "logging.config.dictConfig(table)"), False),
    ],
)  # fmt: skip
def test_what_is_cut_off_is_mute(steps: tuple[str, ...], silent: bool) -> None:  # noqa: FBT001 - a table
    assert bool(facts_of(_source(*steps)).mutes) is silent


def test_loggers_that_are_made_later_are_not_disabled() -> None:
    first = f"import logging.config\n{_configured('')}\nfrom shop import part\n"
    part = "import logging\nlog = logging.getLogger(__name__)\n\n\ndef write():\n    log.info('asked')\n"
    assert not facts_of({"shop/app.py": first, "shop/part.py": part}).mutes
    assert facts_of({"shop/app.py": f"from shop import part\n{first}", "shop/part.py": part}).mutes


@pytest.mark.parametrize(
    ("steps", "json"),
    [
        ((BASIC,), True),
        ((BASIC, "handler.setFormatter(logging.Formatter('%(message)s'))"), False),
        ((BASIC, "handler.formatter = logging.Formatter('%(message)s')"), False),
        ((BASIC, "if verbose():\n    handler.setFormatter(logging.Formatter('%(message)s'))"), True),
        ((BASIC, "for one in root.handlers:\n    one.setFormatter(logging.Formatter('%(message)s'))"), False),
        ((BASIC, "spare = logging.StreamHandler()", "spare.setFormatter(logging.Formatter())"), True),
        (("logging.basicConfig(format='%(message)s')", BASIC), True),
        (("logging.basicConfig(format='%(message)s')", "logging.basicConfig(handlers=[handler])"), False),
        (("logging.basicConfig(level=logging.INFO)",), False),
        ((BASIC, _configured(', "disable_existing_loggers": False')), False),
    ],
)
def test_a_format_counts_that_records_are_written_in(steps: tuple[str, ...], json: bool) -> None:  # noqa: FBT001 - a table
    assert (Encoder.JSON in {one.encoder for one in facts_of(_source(*steps)).loggers}) is json


def test_a_formatter_that_nothing_is_given_sets_nothing_up() -> None:
    unset = {
        path: text.replace("    handler.setFormatter(Lines())\n", "    spare = Lines()\n")
        for path, text in _source(BASIC).items()
    }
    assert Encoder.JSON not in {one.encoder for one in facts_of(unset).loggers}
