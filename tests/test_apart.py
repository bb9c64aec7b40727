"""Values that never meet a record, though names and single steps suggest it: flags, dead clauses, requests."""

from collections.abc import Mapping
from functools import cache

import pytest
from audits import linked
from small_servers import golang, python, typescript

from skillaudit.facts import Nature


def natures(files: Mapping[str, str]) -> set[Nature]:
    """What reaches the records of a tree."""
    return {flow.nature for call in linked(files).log_calls for flow in call.flows}


FLAGGED = """\
import os
import secrets


def sign_in():
    given = os.environ.get("DESK_API_KEY")
    if given:
        return given, False
    return secrets.token_hex(), True


def looked_up():
    given = os.environ.get("DESK_API_KEY")
    if given:
        return {"value": given, "origin": "environment"}
    return {"value": secrets.token_hex(), "origin": "made"}


class Desk:
    def start(self):
        value, made = sign_in()
        self.value = value
        self.made = made

    def tell(self):
        if %s:
            log.info("use %%s", self.value)
"""
APART = (
    "value, made = sign_in()\nif made:\n    log.info('use %s', value)",
    "value, made = sign_in()\nif not made:\n    return\nlog.info('use %s', value)",
    "value, made = sign_in()\nlog.info('use %s', value if made else 'the environment')",
    "value, made = sign_in()\nif made is True:\n    log.info('use %s', value)",
    "held = looked_up()\nif held['origin'] == 'made':\n    log.info('use %s', held['value'])",
    "held = looked_up()\nif held['origin'] == 'environment':\n    return\nlog.info('use %s', held['value'])",
)
TOGETHER = (
    "value, made = sign_in()\nif not made:\n    log.info('use %s', value)",
    "value, made = sign_in()\nlog.info('use %s', value)",
    "value, made = sign_in()\nother, fresh = sign_in()\nif fresh:\n    log.info('use %s', value)",
    "value, made = sign_in()\nif made or title:\n    log.info('use %s', value)",
    "held = looked_up()\nif held['origin'] == 'environment':\n    log.info('use %s', held['value'])",
    "held = looked_up()\nif held['origin'] != 'made':\n    log.info('use %s', held['value'])",
)


@cache
def _telling() -> set[str]:
    """The bodies that log the variable; all of them are linked as one program."""
    bodies = {f"s{number}.py": body for number, body in enumerate((*APART, *TOGETHER))}
    files = {path: python(body, FLAGGED % "False", "title: str") for path, body in bodies.items()}
    calls = linked(files).log_calls
    return {bodies[c.location.path] for c in calls for f in c.flows if f.nature is Nature.SECRET_VARIABLE}


@pytest.mark.parametrize("body", APART)
def test_a_flag_beside_a_value_says_whether_it_came(body: str) -> None:
    assert body not in _telling()


@pytest.mark.parametrize("body", TOGETHER)
def test_a_flag_that_says_nothing_of_it(body: str) -> None:
    assert body in _telling()


def test_a_flag_that_is_kept_with_the_value() -> None:
    body = "desk = Desk()\ndesk.start()\ndesk.tell()"
    assert Nature.SECRET_VARIABLE not in natures({"s.py": python(body, FLAGGED % "self.made")})
    assert Nature.SECRET_VARIABLE in natures({"s.py": python(body, FLAGGED % "not self.made")})
    again = f"{FLAGGED}\n    def forget(self):\n        self.made = bool(self.value)\n"
    assert Nature.SECRET_VARIABLE in natures({"s.py": python(body, again % "self.made")})


GO_FLAGGED = """
func signIn() (string, bool, error) {
	given := os.Getenv("DESK_API_KEY")
	if given != "" {
		return given, false, nil
	}
	value, err := generated()
	if err != nil {
		return "", false, err
	}
	return value, true, nil
}
"""


def test_a_flag_in_go() -> None:
    body = 'value, made, _ := signIn()\nif %s {\n\tslog.Info("use " + value)\n}'
    assert Nature.SECRET_VARIABLE not in natures({"main.go": golang(body % "made", GO_FLAGGED)})
    assert Nature.SECRET_VARIABLE in natures({"main.go": golang(body % "!made", GO_FLAGGED)})


SCRIPT_FLAGGED = """
function signIn() {
  const given = process.env.DESK_API_KEY;
  if (given) return { value: given, made: false };
  return { value: crypto.randomUUID(), made: true };
}
"""


def test_a_flag_in_typescript() -> None:
    body = "const { value, made } = signIn();\nif (%s) log.info(`use ${value}`);"
    assert Nature.SECRET_VARIABLE not in natures({"s.ts": typescript(body % "made", SCRIPT_FLAGGED)})
    assert Nature.SECRET_VARIABLE in natures({"s.ts": typescript(body % "!made", SCRIPT_FLAGGED)})


CLIENT = """
from desk_api import Desk

class Client:
    def __init__(self):
        self.desk = Desk()

    def change(self, text):
        return self.desk.put("/notes", %s)

    def listed(self):
        found = self.desk.get(path="/notes")
        log.error("no list: %%s", found)

client = Client()
"""


def test_a_request_puts_nothing_into_its_client() -> None:
    body = "client.change(title)\nclient.listed()"
    for sent in ("data={'text': text}", "json={'text': text}", "params={'text': text}"):
        assert Nature.ARGUMENT not in natures({"s.py": python(body, CLIENT % sent, "title: str")}), sent
    assert Nature.ARGUMENT in natures({"s.py": python(body, CLIENT % "text", "title: str")})


ASKED = """
import json
import os
import requests

class Refused(Exception):
    pass

class Expired(Refused):
    pass

def stale(told) -> Expired:
    return Expired(told)

def tried(*told):
    try:
        if told:
            raise stale(os.environ['DESK_TOKEN'])
    except KeyError:
        pass

def spared(told):
    try:
        if told:
            raise stale(os.environ['DESK_TOKEN'])
    except Refused:
        pass

def load():
    return json.loads(open("state").read())

def asked(url):
    answer = None
    try:
        answer = requests.post(url, params={{"key": os.environ["DESK_API_KEY"]}})
        {body}
        if not answer.ok:
            raise Expired(os.environ["DESK_OTHER_TOKEN"])
    {clauses}
"""
BODY = "return answer.json()"


FAILED, BAD, OTHER = "requests.RequestException", "json.JSONDecodeError", "Exception"
ANSWER, ERROR = "answer.text", "e"
SENT, RAISED = "DESK_API_KEY", "DESK_OTHER_TOKEN"
Clause = tuple[str, str]
"""An exception's type, and what is logged of it; nothing is, where that is empty."""
CLAUSES: tuple[tuple[str, tuple[Clause, ...], set[str], set[str]], ...] = (
    (BODY, ((FAILED, ""), (BAD, ANSWER)), set(), {"text"}),
    (BODY, ((BAD, ANSWER), (FAILED, "")), {"text"}, set()),
    ("return json.loads(answer.text)", ((FAILED, ""), (BAD, ANSWER)), {"text"}, set()),
    (f"load(); {BODY}", ((FAILED, ""), (BAD, ANSWER)), {"text"}, set()),
    (BODY, ((FAILED, ""), ("(json.JSONDecodeError, KeyError)", ANSWER)), {"text"}, set()),
    (BODY, (("OSError", ""), ("PermissionError", ANSWER)), set(), {"text"}),
    (BODY, (("Refused", ""), ("Expired", ANSWER)), set(), {"text"}),
    (BODY, (("Expired", ""), ("Refused", ANSWER)), {"text"}, set()),
    (BODY, ((OTHER, ERROR),), {SENT, RAISED}, set()),
    (BODY, ((FAILED, ""), (OTHER, ERROR)), {RAISED}, {SENT}),
    (BODY, (("Refused", ""), (OTHER, ERROR)), {SENT}, {RAISED}),
    (BODY, (("Refused", ERROR),), {RAISED}, {SENT}),
    (BODY, (("KeyError", ERROR),), set(), {SENT, RAISED}),
    ("raise stale(os.environ['DESK_TOKEN'])", (("Refused", ERROR),), {"DESK_TOKEN"}, set()),
    (f"tried({BODY!r}, KeyError)", ((OTHER, ERROR),), {"DESK_TOKEN"}, set()),
    (f"spared({BODY!r})", ((OTHER, ERROR),), set(), {"DESK_TOKEN"}),
    ("raise stale(os.environ['DESK_TOKEN'])", (("Expired", ""), (OTHER, ERROR)), set(), {"DESK_TOKEN"}),
    (BODY, (("requests.Timeout", ""), (OTHER, ERROR)), {SENT, RAISED}, set()),
    (BODY, (("requests.ConnectionError", ERROR),), {SENT}, {RAISED}),
)


def _clause(kind: str, shown: str) -> str:
    return f"except {kind} as e:\n        " + (f"log.error('no: %s', {shown})" if shown else "pass")


@cache
def _told() -> dict[int, set[str]]:
    """What the clauses of each case log; all of them are linked as one program."""
    files = {
        f"s{number}.py": python(
            "asked('https://desk.example')",
            ASKED.format(body=body, clauses="\n    ".join(_clause(*one) for one in clauses)),
        )
        for number, (body, clauses, *_) in enumerate(CLAUSES)
    }
    calls = linked(files).log_calls
    return {n: {f.name for c in calls if c.location.path == f"s{n}.py" for f in c.flows} for n in range(len(CLAUSES))}


@pytest.mark.parametrize("number", range(len(CLAUSES)))
def test_an_exception_goes_to_the_first_clause_that_takes_it(number: int) -> None:
    _, _, told, spared = CLAUSES[number]
    assert told <= _told()[number]
    assert not spared & _told()[number]


NAMESAKE = """
from pydantic import BaseModel

class ReadResourceRequest(BaseModel):
    {first}: str
    uri: str

class Tasks:
    async def read(self, request: ReadResourceRequest):
        log.info("reading " + request.uri)

tasks = Tasks()
"""


@pytest.mark.parametrize(("first", "heard"), [("desk", False), ("method", True), ("name", True)])
def test_a_class_that_is_only_called_like_a_message(first: str, heard: bool) -> None:  # noqa: FBT001 - a case
    said = natures({"s.py": python("pass", NAMESAKE.format(first=first))})
    assert (Nature.ARGUMENT in said) is heard


@pytest.mark.parametrize(
    ("made", "forges"),
    [("box or {}", False), ("box if title else {}", False), ("box or title", True), ("box.get('a')", True)],
)
def test_a_dictionary_in_a_text_is_quoted(made: str, forges: bool) -> None:  # noqa: FBT001 - a case
    body = f"given = {made}\nlog.info(f'given {{given}}')"
    calls = linked({"s.py": python(body, "", "title: str, box: dict[str, str] | None = None")}).log_calls
    assert any(not flow.escaped for call in calls for flow in call.flows) is forges


FACTORY = """
class Note:
    def __init__(self, text):
        self.text = text

    @classmethod
    def of(cls, text):
        return cls(text)
"""


def test_what_a_class_method_makes_holds_what_it_was_told() -> None:
    body = "log.info('note ' + Note.of(%s).text)"
    assert Nature.ARGUMENT in natures({"s.py": python(body % "title", FACTORY, "title: str")})
    assert Nature.ARGUMENT not in natures({"s.py": python(body % "'x'", FACTORY, "title: str")})
