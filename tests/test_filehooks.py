"""What a framework calls and reads by a file's name: middleware, and the transports that xmcp serves."""

import pytest
from linked import facts_of

TOOL = """
import type { ToolMetadata } from "xmcp";
export const metadata: ToolMetadata = { name: "lend", description: "Lend a book" };
export default async function lend() { return "lent"; }
"""
REFUSES = """
const guard = async (req, res, next) => {
  if (req.headers["x-api-key"] !== process.env.DESK_KEY) {
    res.status(401).json({ jsonrpc: "2.0", type: "text", error: "unknown key" });
    return;
  }
  next();
};
"""


@pytest.mark.parametrize(
    ("path", "exported", "known"),
    [
        ("src/middleware.ts", "export default guard;", ["401: unknown key"]),
        ("src/middleware.ts", "export default [guard];", ["401: unknown key"]),
        ("src/middleware.ts", "", []),
        ("src/unused.ts", "export default guard;", []),
    ],
)
def test_middleware_is_called_by_its_file_s_name(path: str, exported: str, known: list[str]) -> None:
    files = {"package.json": '{"name": "desk"}', path: REFUSES + exported, "src/tools/lend.ts": TOOL}
    assert [one.what for one in facts_of(files).rejections] == known


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        ("{ http: true, stdio: true }", ["http", "stdio"]),
        ("{ http: { port: 3002 }, stdio: false }", ["http"]),
        ("{ stdio: { debug: false } }", ["stdio"]),
        ("{ paths: { tools: 'src/tools' } }", []),
    ],
)
def test_transports_of_xmcp(options: str, kinds: list[str]) -> None:
    text = f'import {{ type XmcpConfig }} from "xmcp";\nconst config: XmcpConfig = {options};\nexport default config;\n'
    files = {"package.json": '{"name": "desk"}', "xmcp.config.ts": text, "src/tools/lend.ts": TOOL}
    assert sorted(one.kind for one in facts_of(files).transports if one.surface.counts) == kinds
