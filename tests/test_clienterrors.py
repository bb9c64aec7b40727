"""Errors that HTTP clients hand to the project: what a record shows of the answer and of the request."""

import pytest
from linked import facts_of

SET_UP = """
import axios, { AxiosError } from "axios";
import got from "got";
const show = (held: unknown) => console.error(held);
const client = axios.create({ baseURL: "https://desk.example" });
"""


def shown(body: str) -> list[tuple[str, str]]:
    facts = facts_of({"package.json": '{"name": "desk"}', "a.ts": SET_UP + body})
    return [(flow.nature.name, flow.name) for call in facts.log_calls for flow in call.flows]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("client.interceptors.response.use(undefined, (e) => { console.error(e.config); });", ("HEADERS", "headers")),
        ("client.interceptors.request.use((r) => r, (e) => { show(e.response?.data); });", ("RESPONSE", "data")),
        ("function tell(e: AxiosError) { console.error(e.response?.data); }", ("RESPONSE", "data")),
        ("axios.get('/1').catch((e) => { console.error(e.response.data); });", ("RESPONSE", "data")),
        ("got.extend({ hooks: { beforeError: [(e) => { show(e.response.body); }] } });", ("RESPONSE", "body")),
    ],
)  # fmt: skip
def test_what_an_error_holds(body: str, expected: tuple[str, str]) -> None:
    assert shown(body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "client.interceptors.response.use(undefined, (e) => { console.error(e.response.status, e.config.url); });",
        "client.interceptors.response.use((r) => { console.error(r.status); return r; });",
        "function tell(e: AxiosError) { console.error(e.code, e.response?.status); }",
        "function tell(e: { config: object }) { console.error(e.config); }",
        "bus.use(undefined, (e) => { console.error(e.response.data); });",
    ],
)
def test_what_an_error_does_not_hold(body: str) -> None:
    assert shown(body) == []
