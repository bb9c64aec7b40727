"""What a list gives that is mapped: what the function makes of each element, and nothing else of it."""

import pytest
from linked import facts_of

SET_UP = """
const keys = [process.env.DESK_API_KEY, process.env.SHELF_API_KEY];
const users = [{ name: "a", token: process.env.DESK_API_KEY, shelf: "b" }];
const table = { desk: { key: process.env.DESK_API_KEY }, shelf: { key: process.env.SHELF_API_KEY } };
function called(user: { name: string }) { return user.name; }
"""


def secrets(shown: str) -> set[str]:
    """The secret variables that the record of an expression holds."""
    facts = facts_of({"package.json": '{"name": "desk"}', "a.ts": f"{SET_UP}console.error({shown});\n"})
    return {flow.name for call in facts.log_calls for flow in call.flows if flow.name.endswith("_API_KEY")}


@pytest.mark.parametrize(
    "shown",
    [
        "users.map((user) => user.name)",
        "users.map(called)",
        "users.map(({ name }) => name).join(', ')",
        "users.map((user) => ({ name: user.name, known: Boolean(user.token) }))",
        "users.map((user) => ({ ...user, token: '***' }))",
        "users.map(({ token, ...rest }) => rest)",
        "users.map((user) => ({ n: user.name, t: user.token })).map((row) => row.n)",
        "keys.map((key, number) => number)",
        "Object.entries(table).map(([name, held]) => ({ name, known: !!held.key }))",
        "Object.entries(process.env).map(([name]) => name)",
    ],
)
def test_what_the_function_leaves_out_is_not_there(shown: str) -> None:
    assert secrets(shown) == set()


@pytest.mark.parametrize(
    "shown",
    [
        "users.map((user) => user.token)",
        "users.map((user) => ({ ...user }))",
        "users.flatMap((user) => [user.name, user.token])",
        "users.map((user) => ({ n: user.name, t: user.token })).map((row) => row.t)",
        "['DESK_API_KEY'].map((name) => `${name}=${process.env[name]}`).join('\\n')",
        "[table.desk].map(({ key }) => key)",
    ],
)
def test_what_the_function_gives_is_followed(shown: str) -> None:
    assert secrets(shown) == {"DESK_API_KEY"}


def test_foreign_functions_leave_the_elements() -> None:
    assert secrets("keys.map(String)") == {"DESK_API_KEY", "SHELF_API_KEY"}


WALKS = """
export function scrub(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, /token/.test(key) ? "***" : scrub(held)]));
}
export function log(fields: object) { console.error(JSON.stringify({ level: "info", ...(scrub(fields) as object) })); }
"""


def test_what_walks_through_an_object_keeps_what_it_holds() -> None:
    use = 'import { log } from "./log.js";\nlog({ event: "desk.opened", shelf: process.env.DESK_SHELF });\n'
    facts = facts_of({"package.json": '{"name": "desk"}', "log.ts": WALKS, "a.ts": use})
    assert [call.event for call in facts.log_calls if call.location.path == "a.ts"] == ["desk.opened"]
