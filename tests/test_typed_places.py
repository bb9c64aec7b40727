"""Parameters that have their type by where the function stands, across files."""

import pytest
from linked import denoted

TYPES = """
import type { Store } from "./store.js";
export interface Desk { store: Store; name: string }
export type Handler = (args: unknown, desk: Desk) => Promise<string>;
export interface Tool { name: string; run: (desk: Desk, args: unknown) => void; end(desk: Desk): void }
export interface Loud extends Tool { shout: Handler }
export function defineTool(tool: Tool): Tool { return tool; }
"""
FILES = {"types.ts": TYPES, "store.ts": "export class Store { keep(text: string) { return text; } }\n"}


@pytest.mark.parametrize(
    "body",
    [
        "const keep: Handler = async (args, { store }) => probe(store.keep);",
        "const all: Record<string, Handler> = { keep: async (args, desk) => probe(desk.store.keep) };",
        "const all = { keep: (args, desk) => probe(desk.store.keep) } satisfies Record<string, Handler>;",
        "const tool: Tool = { name: 'keep', run: (desk) => probe(desk.store.keep) };",
        "const tool: Tool = { name: 'keep', end(desk) { probe(desk.store.keep); } };",
        "const tools: Tool[] = [{ name: 'keep', run: ({ store }) => { probe(store.keep); } }];",
        "const tool: Loud = { shout: (args, desk) => probe(desk.store.keep), run: () => {} };",
        "const tool: Loud = { shout: () => {}, run: (desk) => probe(desk.store.keep) };",
        "export default defineTool({ name: 'keep', run: async (desk) => probe(desk.store.keep) });",
        "class Shelf { keep: Handler = async (args, desk) => probe(desk.store.keep); }",
        "const keep = ((args, desk) => probe(desk.store.keep)) as Handler;",
    ],
)
def test_the_place_of_a_function_types_its_parameters(body: str) -> None:
    source = f'import {{ defineTool, type Handler, type Loud, type Tool }} from "./types.js";\n{body}\n'
    assert denoted({**FILES, "a.ts": source}, "a.ts") == ["def Store.keep"]


@pytest.mark.parametrize(
    "body",
    [
        "const keep: Handler = async (args, { store }: any) => probe(store.keep);",  # its own annotation counts
        "const keep: Handler = async (desk) => probe(desk.store.keep);",  # another position
        "const keep: (desk: unknown) => void = (desk) => probe(desk.store.keep);",
        "const keep = async (args, desk) => probe(desk.store.keep);",
        "foreign.defineTool({ run: (desk) => probe(desk.store.keep) });",
        "type Own = (desk: Own) => void; const keep: Own = (desk) => probe(desk.store.keep);",
    ],
)
def test_other_places_say_nothing(body: str) -> None:
    source = f'import {{ type Handler }} from "./types.js";\n{body}\n'
    assert denoted({**FILES, "a.ts": source}, "a.ts") == []
