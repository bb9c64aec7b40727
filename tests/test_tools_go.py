"""Tools of Go servers: both SDKs, literals, helpers and tables."""

import pytest
from linked import facts_of

from skillaudit.facts import Facts, Tool

_SOURCE = """package main

import (
	"context"
	"log"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func recorded(name string, run server.ToolHandlerFunc) server.ToolHandlerFunc {
	return func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		log.Printf("call %s", name)
		return run(ctx, request)
	}
}

func add(s *server.MCPServer, name string, run server.ToolHandlerFunc) {
	s.AddTool(mcp.NewTool(name, mcp.WithDescription("By helper")), recorded(name, run))
}

func main() {
	s := server.NewMCPServer("shelf", "1")
	s.AddTool(mcp.NewTool("list_books", mcp.WithReadOnlyHintAnnotation(true)), listBooks)
	s.AddTools(server.ServerTool{Tool: mcp.NewTool("weed"), Handler: weed})
	add(s, "renew", renew)
	add(s, "reserve", reserve)
	_ = server.ServeStdio(s)
}

func listBooks(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) { return books() }
func weed(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) { return remove() }
func renew(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) { return prolong() }
func reserve(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) { return hold() }
"""


@pytest.fixture(scope="module")
def tools() -> dict[str, Tool]:
    facts: Facts = facts_of({"main.go": _SOURCE, "go.mod": "module example.org/shelf\n"})
    return {tool.name: tool for tool in facts.tools}


def test_every_registration_is_one_tool(tools: dict[str, Tool]) -> None:
    assert sorted(tools) == ["list_books", "renew", "reserve", "weed"]


@pytest.mark.parametrize(
    ("name", "body"), [("list_books", "books()"), ("weed", "remove()"), ("renew", "prolong()"), ("reserve", "hold()")]
)
def test_handler_is_the_one_registered_under_the_name(tools: dict[str, Tool], name: str, body: str) -> None:
    assert body in _SOURCE.splitlines()[tools[name].handler.line - 1]


def test_wrapper_of_the_helper_records_its_tools_only(tools: dict[str, Tool]) -> None:
    assert {name: len(tool.records) for name, tool in tools.items()} == {
        "list_books": 0,
        "weed": 0,
        "renew": 1,
        "reserve": 1,
    }


_MADE = """package main

import (
	"context"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type shelf struct{ root string }

func read(s *shelf) (mcp.Tool, server.ToolHandlerFunc) {
	return mcp.NewTool("read_book"),
		func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			_, err := os.ReadFile(s.root + request.GetString("book", ""))
			return nil, err
		}
}

func (s *shelf) weed() (tool mcp.Tool, handler server.ToolHandlerFunc) {
	tool = mcp.NewTool("weed_book")
	handler = func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return nil, os.Remove(s.root + request.GetString("book", ""))
	}
	return
}

func main() {
	held := &shelf{root: "/srv/"}
	s := server.NewMCPServer("shelf", "1")
	s.AddTool(read(held))
	s.AddTool(held.weed())
	_ = server.ServeStdio(s)
}
"""


def test_a_function_may_give_the_tool_and_its_handler() -> None:
    facts = facts_of({"main.go": _MADE, "go.mod": "module example.org/shelf\n"})
    assert {tool.name: tool.handler.line for tool in facts.tools} == {"read_book": 15, "weed_book": 23}
    assert {flow.tools for flow in facts.code_flows} == {("read_book",), ("weed_book",)}


_TOOLSETS = """package main

import (
	"context"
	"log/slog"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type client struct{ base string }

type giveClient func(ctx context.Context) (*client, error)

type toolset struct{ held []server.ServerTool }

func NewServerTool(tool mcp.Tool, handler server.ToolHandlerFunc) server.ServerTool {
	return server.ServerTool{Tool: tool, Handler: handler}
}

func (t *toolset) add(tools ...server.ServerTool) { t.held = append(t.held, tools...) }

func (c *client) weed(book string) error { return nil }

func weed(give giveClient) (tool mcp.Tool, handler server.ToolHandlerFunc) {
	return mcp.NewTool("weed_book"),
		func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			client, err := give(ctx)
			if err != nil {
				return nil, err
			}
			slog.Info("weeding")
			return mcp.NewToolResultText("done"), client.weed(request.GetString("book", ""))
		}
}

func count(give giveClient) (mcp.Tool, server.ToolHandlerFunc) {
	return mcp.NewTool("count_books"),
		func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			return mcp.NewToolResultText("3"), nil
		}
}

func main() {
	held := &client{base: "books"}
	give := func(_ context.Context) (*client, error) { return held, nil }
	set := &toolset{}
	set.add(
		NewServerTool(weed(give)),
		NewServerTool(count(give)),
	)
	s := server.NewMCPServer("shelf", "1")
	for _, one := range set.held {
		s.AddTool(one.Tool, one.Handler)
	}
	_ = server.ServeStdio(s)
}
"""


def test_a_toolset_takes_what_functions_give_and_what_a_handler_asks_for_its_client_is_not_the_tool() -> None:
    facts = facts_of({"main.go": _TOOLSETS, "go.mod": "module example.org/shelf\n"})
    assert {tool.name: (tool.location.line, tool.handler.line) for tool in facts.tools} == {
        "weed_book": (49, 27),
        "count_books": (50, 39),
    }
    assert {tool.name: len(tool.records) for tool in facts.tools} == {"weed_book": 1, "count_books": 0}


_TYPED = """package main

import (
	"context"
	"os"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type registrar interface{ register(*mcp.Server) }

type typed[In, Out any] struct {
	name, description string
	run               func(context.Context, In) (Out, error)
}

func (t typed[In, Out]) register(s *mcp.Server) {
	mcp.AddTool(s, &mcp.Tool{Name: t.name, Description: t.description},
		func(ctx context.Context, _ *mcp.CallToolRequest, in In) (*mcp.CallToolResult, Out, error) {
			out, err := t.run(ctx, in)
			return nil, out, err
		})
}

type book struct{ Path string }

func read(ctx context.Context, in book) (string, error) {
	b, err := os.ReadFile(in.Path)
	return string(b), err
}

func all() []registrar {
	return []registrar{
		typed[book, string]{"read_book", "Read a book", read},
		typed[book, string]{name: "weed_book", run: func(_ context.Context, in book) (string, error) {
			return "", os.Remove(in.Path)
		}},
	}
}

func main() {
	s := mcp.NewServer(&mcp.Implementation{Name: "shelf"}, nil)
	for _, one := range all() {
		one.register(s)
	}
	_ = s.Run(context.Background(), &mcp.StdioTransport{})
}
"""


def test_tools_that_register_themselves_are_known_by_what_they_were_made_with() -> None:
    facts = facts_of({"main.go": _TYPED, "go.mod": "module example.org/shelf\n"})
    assert {tool.name: (tool.location.line, tool.handler.line) for tool in facts.tools} == {
        "read_book": (34, 27),
        "weed_book": (35, 35),
    }
    assert {flow.tools for flow in facts.code_flows} == {("read_book",), ("weed_book",)}


_GENERIC = """package main

import (
	"context"
	"os/exec"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type kit[In, Out any] interface {
	Definition() *mcp.Tool
	Call(ctx context.Context, req *mcp.CallToolRequest, in In) (*mcp.CallToolResult, Out, error)
}

func add[In, Out any](server *mcp.Server, k kit[In, Out]) {
	mcp.AddTool(server, k.Definition(), k.Call)
}

type drawIn struct{ Style string }
type drawOut struct{}
type draw struct{ dir string }

func (draw) Definition() *mcp.Tool { return &mcp.Tool{Name: "draw_plan", Description: "Draw"} }

func (d draw) Call(ctx context.Context, _ *mcp.CallToolRequest, in drawIn) (*mcp.CallToolResult, drawOut, error) {
	return nil, drawOut{}, exec.CommandContext(ctx, "plan", in.Style).Run()
}

type listIn struct{ Page int }
type listOut struct{}
type list struct{}

func (*list) Definition() *mcp.Tool { return &mcp.Tool{Name: "list_plans", Description: "List"} }

func (l *list) Call(ctx context.Context, _ *mcp.CallToolRequest, in listIn) (*mcp.CallToolResult, listOut, error) {
	return nil, listOut{}, nil
}

func main() {
	server := mcp.NewServer(&mcp.Implementation{Name: "plans"}, nil)
	add(server, draw{dir: "plans"})
	add(server, &list{})
	_ = server.Run(context.Background(), &mcp.StdioTransport{})
}
"""


def test_a_generic_helper_registers_the_methods_of_what_it_is_given() -> None:
    tools = facts_of({"go.mod": "module example.org/plans\n\ngo 1.24\n", "main.go": _GENERIC}).tools
    found = [(tool.name, tool.location.line, tool.handler.line) for tool in tools]
    assert found == [("draw_plan", 41, 25), ("list_plans", 42, 35)]


_ASKED = """package main

import (
	"context"
	"encoding/json"
	"os/exec"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type Spec struct{ Name, Description string }

type Tool interface {
	SPEC
	Call(ctx context.Context, raw json.RawMessage) (string, error)
}

type draw struct{}

func (draw) TOLD

func (draw) Call(ctx context.Context, raw json.RawMessage) (string, error) {
	var in struct{ Style string }
	if err := json.Unmarshal(raw, &in); err != nil {
		return "", err
	}
	return "", exec.CommandContext(ctx, "sh", "-c", in.Style).Run()
}

type plain struct{}

func (plain) TOLD

func bind(server *mcp.Server, tools []Tool) {
	for _, tool := range tools {
		named := &mcp.Tool{Name: called(tool)}
		server.AddTool(named, func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			text, err := tool.Call(ctx, req.Params.Arguments)
			return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}}, err
		})
	}
}

func main() {
	server := mcp.NewServer(&mcp.Implementation{Name: "plans"}, nil)
	bind(server, []Tool{draw{}})
	_ = server.Run(context.Background(), &mcp.StdioTransport{})
}
"""


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Spec() Spec", 'Spec() Spec { return Spec{Name: "draw_plan", Description: "Draw"} }'),
        (
            "Name() string\n\tDescription() string",
            'Name() string { return "draw_plan" }\n\nfunc (draw) Description() string { return "Draw" }',
        ),
    ],
)
def test_what_an_interface_of_the_project_asks_for_makes_a_tool(asked: str, told: str) -> None:
    source = _ASKED.replace("SPEC", asked).replace("func (plain) TOLD", "").replace("TOLD", told)
    facts = facts_of({"go.mod": "module example.org/plans\n\ngo 1.24\n", "main.go": source})
    assert [(tool.name, tool.handler.line) for tool in facts.tools] == [
        ("draw_plan", source[: source.index("func (draw) Call")].count("\n") + 1)
    ]
    assert [flow.tools for flow in facts.code_flows] == [("draw_plan",)]


def test_a_struct_with_a_name_is_no_tool_where_nothing_runs_it() -> None:
    source = _ASKED.replace("SPEC", "Spec() Spec").replace("func (draw) TOLD", "")
    source = source.replace("TOLD", 'Spec() Spec { return Spec{Name: "plain", Description: "Plain"} }')
    facts = facts_of({"go.mod": "module example.org/plans\n\ngo 1.24\n", "main.go": source})
    assert "plain" not in {tool.name for tool in facts.tools}
