"""Tools of Go servers that are kept in structs of the project's own and registered out of a registry."""

from linked import facts_of

MODULE = "module example.org/shelf\n"
KIT = """package kit

import "context"

type Handler func(ctx context.Context, params map[string]any) (any, error)

type Tool struct {
	Name        string
	Description string
	Handler     Handler
}

type Kit interface{ Tools() []Tool }

type Registry struct{ tools map[string]Tool }

func (r *Registry) Register(k Kit) {
	for _, t := range k.Tools() {
		r.tools[t.Name] = t
	}
}

func (r *Registry) List() []Tool {
	out := make([]Tool, 0, len(r.tools))
	for _, t := range r.tools {
		out = append(out, t)
	}
	return out
}
"""
BOOKS = """package books

import (
	"context"
	"os"

	"example.org/shelf/kit"
)

type Books struct{}

func (b *Books) Tools() []kit.Tool { return []kit.Tool{b.read(), b.weed()} }

func (b *Books) read() kit.Tool {
	return kit.Tool{Name: "read_book", Description: "Read a book.", Handler: b.handleRead}
}

func (b *Books) weed() kit.Tool {
	return kit.Tool{
		Name:        "weed_book",
		Description: "Throw a book away.",
		Handler: func(ctx context.Context, params map[string]any) (any, error) {
			return nil, os.Remove(params["name"].(string))
		},
	}
}

func (b *Books) handleRead(ctx context.Context, params map[string]any) (any, error) {
	return os.ReadFile(params["name"].(string))
}
"""
MAIN = """package main

import (
	"context"

	"example.org/shelf/books"
	"example.org/shelf/kit"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func wrap(t kit.Tool) server.ToolHandlerFunc {
	handler := t.Handler
	return func(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		_, err := handler(ctx, request.GetArguments())
		return mcp.NewToolResultText("done"), err
	}
}

func main() {
	s := server.NewMCPServer("shelf", "1")
	registry := &kit.Registry{tools: map[string]kit.Tool{}}
	registry.Register(&books.Books{})
	for _, t := range registry.List() {
		s.AddTool(REGISTERED, wrap(t))
	}
	_ = server.ServeStdio(s)
}
"""


def _named(registered: str) -> dict[str, str]:
    files = {"go.mod": MODULE, "kit/kit.go": KIT, "books/books.go": BOOKS}
    facts = facts_of({**files, "main.go": MAIN.replace("REGISTERED", registered)})
    return {tool.name: f"{tool.handler.path}:{tool.handler.line}" for tool in facts.tools}


def test_a_registry_of_own_structs_names_its_tools_and_their_handlers() -> None:
    named = _named("mcp.NewTool(t.Name, mcp.WithDescription(t.Description))")
    assert named == {"read_book": "books/books.go:28", "weed_book": "books/books.go:22"}


def test_the_client_fills_what_such_a_handler_gets() -> None:
    files = {
        "go.mod": MODULE,
        "kit/kit.go": KIT,
        "books/books.go": BOOKS,
        "main.go": MAIN.replace("REGISTERED", "mcp.NewTool(t.Name)"),
    }
    flows = facts_of(files).code_flows
    assert {(flow.tools, flow.location.line) for flow in flows} == {(("read_book",), 29), (("weed_book",), 23)}


def test_structs_that_are_no_tools_name_none() -> None:
    kit, books = (text.replace("Tool", "Job") for text in (KIT, BOOKS))
    main = MAIN.replace("kit.Tool", "kit.Job").replace("REGISTERED", "mcp.NewTool(t.Name)")
    facts = facts_of({"go.mod": MODULE, "kit/kit.go": kit, "books/books.go": books, "main.go": main})
    assert [tool.name for tool in facts.tools] == ["generated at run time"]


def test_without_a_registration_there_are_no_tools() -> None:
    main = 'package main\n\nimport "example.org/shelf/books"\n\nfunc main() {\n\t_ = (&books.Books{}).Tools()\n}\n'
    assert facts_of({"go.mod": MODULE, "kit/kit.go": KIT, "books/books.go": BOOKS, "main.go": main}).tools == ()
