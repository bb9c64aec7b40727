"""Code of an application that nothing reaches has no findings; what is reached in any way keeps them."""

from linked import facts_of

from skillaudit.codeflows import Danger
from skillaudit.facts import Facts

MODULE = {"go.mod": "module example.com/weather\n\ngo 1.24\n\nrequire github.com/modelcontextprotocol/go-sdk v1.0.0\n"}
IMPORTS = """package main

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type Place struct {
	URL string `json:"url"`
}
"""
MAIN = """
func main() {
	server := mcp.NewServer(&mcp.Implementation{Name: "weather"}, nil)
	%s
	server.Run(context.Background(), &mcp.StdioTransport{})
}
"""
TOOL = """
func addImport(server *mcp.Server) {
	mcp.AddTool(server, &mcp.Tool{Name: "import_places"}, imported)
}

func imported(ctx context.Context, req *mcp.CallToolRequest, in Place) (*mcp.CallToolResult, any, error) {
	return nil, nil, fetched(ctx, in.URL)
}

func fetched(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(resp.Body)
	fmt.Printf("received %s\\n", string(body))
	return err
}
"""


def _dangers(facts: Facts) -> set[Danger]:
    return {flow.danger for flow in facts.code_flows}


def test_a_tool_whose_registration_nothing_calls() -> None:
    dead = facts_of({**MODULE, "main.go": IMPORTS + MAIN % "_ = server" + TOOL})
    assert not dead.tools
    assert not dead.code_flows
    assert not [call for call in dead.log_calls if call.flows]
    assert {one.name for one in dead.unused} == {"fetched"}
    held = facts_of({**MODULE, "main.go": IMPORTS + MAIN % "addImport(server)" + TOOL})
    assert [tool.name for tool in held.tools] == ["import_places"]
    assert _dangers(held) == {Danger.ADDRESS}
    assert not held.unused


PACKAGE = {
    "package.json": '{"name": "shots", "version": "1.0.0", "bin": {"shots": "server.js"}, '
    '"dependencies": {"@modelcontextprotocol/sdk": "1", "express": "5"}}'
}
SCRIPT = """import express from "express";
import fs from "node:fs";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";

class Shots {
  constructor(app: express.Application) {
    %s
  }

  private async save(req: express.Request, res: express.Response) {
    console.error("saving", JSON.stringify(req.body));
    fs.writeFileSync(req.body.path, "shot");
  }
}

const shots = new Shots(express());
const server = new McpServer({ name: "shots", version: "1.0.0" });
await server.connect(new StdioServerTransport());
"""


def test_a_method_that_nothing_calls_or_hands_on() -> None:
    dead = facts_of({**PACKAGE, "server.ts": SCRIPT % 'app.get("/", () => "ready");'})
    assert not dead.code_flows
    assert not [call for call in dead.log_calls if call.flows]
    assert {(one.name, one.kind) for one in dead.unused} >= {("Shots.save", Danger.PATH.value)}
    for used in ("app.post('/save', this.save.bind(this));", "app.post('/save', (q, r) => this.save(q, r));"):
        held = facts_of({**PACKAGE, "server.ts": SCRIPT % used})
        assert _dangers(held) == {Danger.PATH}
        assert [call for call in held.log_calls if call.flows]


def test_objects_that_a_library_sees_may_be_called_by_it() -> None:
    for use in ("express().use(shots);", "express().use([shots]);", "express().set('held', { by: shots });"):
        handed = SCRIPT.replace("const server", f"{use}\nconst server") % 'app.get("/", () => "ready");'
        assert _dangers(facts_of({**PACKAGE, "server.ts": handed})) == {Danger.PATH}, use


PYTHON = {
    "pyproject.toml": '[project]\nname = "weather"\nversion = "1"\n[project.scripts]\nweather = "server:main"\n',
    "server.py": "import logging\nimport places\nfrom mcp.server.fastmcp import FastMCP\n"
    'mcp = FastMCP("weather")\nheld = places.Places()\n\ndef main():\n    mcp.run()\n',
}
SECRET = (
    "import logging, os\n\nclass Places:\n    def _described(self):\n"
    "        logging.info('using %s', os.environ['API_TOKEN'])\n"
)


def test_what_may_be_looked_up_by_name_is_used() -> None:
    def leaking(**files: str) -> bool:
        held = {**PYTHON, **{name.replace("__", "."): text for name, text in files.items()}}
        return any(call.flows for call in facts_of(held).log_calls)

    assert not leaking(places__py=SECRET)
    assert leaking(places__py=f"{SECRET}\n    def one(self, name):\n        return getattr(self, name)()\n")
    assert leaking(places__py=SECRET, more__py="import server\ngetattr(server.held, '_described')()\n")
    assert leaking(places__py=SECRET, more__py="import server\nserver.held._described()\n")
    assert leaking(places__py=SECRET.replace("class Places", "import site_base\nclass Places(site_base.Base)"))


def test_a_function_outside_go_and_a_library_are_left_alone() -> None:
    plain = "import logging, os\n\ndef _described():\n    logging.info('using %s', os.environ['API_TOKEN'])\n"
    held = {**PYTHON, "places.py": f"{plain}\nclass Places: ...\n"}
    assert any(call.flows for call in facts_of(held).log_calls)
    library = {"go.mod": MODULE["go.mod"], "places.go": IMPORTS.replace("package main", "package places") + TOOL}
    assert _dangers(facts_of(library)) == {Danger.ADDRESS}


HOOKS = '''"""What hooks share."""
import json
import logging
import sys


class Hook:
    def run(self):
        logging.info("asked %s", json.load(sys.stdin)["tool_input"])
        return self.process()


class Asking(Hook):
    def process(self):
        return {}
'''
SCRIPT_USES = (
    "from hooks import Asking\nAsking().run()\n",
    "import hooks\nhooks.Asking().run()\n",
    "from hooks import Hook\n\nclass Own(Hook):\n    def process(self): return 1\n\nOwn().run()\n",
    "import hooks\nRUNNING = {'ask': 'hooks.Asking', 'log': 'hooks:Logging'}\n",
    "RUNNING = 'hooks:Asking'\n",
    "import hooks\nfor held in hooks.Hook.__subclasses__():\n    held().run()\n",
)
HOOK_ENDS = (
    "\nAsking().run()\n",
    "\nRUNNING = [Asking]\n",
    "\nOther = Asking\n",
    "\ndef made(kind=Asking):\n    return kind()\n",
    "\n@register\nclass More(Hook):\n    pass\n",
    "\nimport site_base\n\nclass More(Hook, site_base.Base):\n    pass\n",
)


def _asked(hooks: str, more: dict[str, str] | None = None) -> bool:
    held = {**PYTHON, "places.py": "class Places: ...\n", "agent/hooks.py": hooks, **(more or {})}
    return any(call.flows for call in facts_of(held).log_calls)


def test_a_class_of_a_script_that_nothing_makes() -> None:
    assert not _asked(HOOKS)
    assert not _asked(HOOKS, {"agent/tests/test_hooks.py": "from hooks import Asking\nAsking().run()\n"})
    assert not _asked(HOOKS, {"agent/start.py": "import hooks\nprint(hooks.__doc__)\n"})
    for use in SCRIPT_USES:
        assert _asked(HOOKS, {"agent/start.py": use}), use
    for end in HOOK_ENDS:
        assert _asked(HOOKS + end), end


def test_others_may_make_objects_of_what_they_can_import() -> None:
    assert _asked(HOOKS, {"agent/__init__.py": ""})
    assert _asked(HOOKS.replace("class Hook:", "class Hook:\n    def __init_subclass__(cls): KNOWN.append(cls)\n"))
