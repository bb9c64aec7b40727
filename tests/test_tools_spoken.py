"""Tools, transports and records of Go servers that speak JSON-RPC themselves."""

import pytest
from linked import facts_of

_MODULE = "module example.org/shelf\n"
_REGISTRY = """package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
)

type call struct {
	Name      string          `json:"name"`
	Arguments json.RawMessage `json:"arguments"`
}

type request struct {
	ID     any             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
}

type entry struct {
	Name        string
	Description string
	Schema      map[string]any
	run         func(json.RawMessage) (string, error)
}

type server struct{ entries map[string]*entry }

func (s *server) offer(name, description string, run func(json.RawMessage) (string, error)) {
	s.entries[name] = &entry{Name: name, Description: description, run: run}
}

func (s *server) serve() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var message request
		if err := json.Unmarshal(lines.Bytes(), &message); err == nil {
			s.answer(&message)
		}
	}
}

func (s *server) answer(message *request) {
	switch message.Method {
	case "initialize":
		log.Print("a client")
	case "tools/call":
		var called call
		_ = json.Unmarshal(message.Params, &called)
		held, ok := s.entries[called.Name]
		if !ok {
			return
		}
		text, err := held.run(called.Arguments)
		log.Printf("called %d %v", len(text), err)
		fmt.Println(text)
	}
}

type weeding struct{ Book string }

func weed(raw json.RawMessage) (string, error) {
	var given weeding
	_ = json.Unmarshal(raw, &given)
	return "", os.Remove(given.Book)
}

func count(_ json.RawMessage) (string, error) { return "3", nil }

func main() {
	s := &server{entries: map[string]*entry{}}
	s.offer("weed_book", "Throw a book away", weed)
	s.offer("count_books", "Count books", count)
	s.serve()
}
"""


def test_a_registry_of_structs_that_a_dispatcher_looks_up() -> None:
    facts = facts_of({"main.go": _REGISTRY, "go.mod": _MODULE})
    assert {tool.name: (tool.location.line, tool.handler.line) for tool in facts.tools} == {
        "weed_book": (74, 64),
        "count_books": (75, 70),
    }
    assert [(one.kind, one.location.line) for one in facts.transports] == [("stdio", 40)]
    assert {flow.tools for flow in facts.code_flows} == {("weed_book",)}
    assert {record.location.line for tool in facts.tools for record in tool.records} == {57}
    assert {trace.moment.value for tool in facts.tools for trace in tool.trail} == {"on success and failure"}


_CASES = """package main

import (
	"encoding/json"
	"net/http"
	"os"
)

const callTool = "tools/call"

type message struct {
	Method string
	Params json.RawMessage
}

func list() []map[string]any {
	return []map[string]any{
		{"name": "read_book", "description": "Read a book", "inputSchema": map[string]any{"type": "object"}},
		{"name": "weed_book", "description": "Throw a book away", "inputSchema": map[string]any{"type": "object"}},
	}
}

func answer(w http.ResponseWriter, r *http.Request) {
	var got message
	_ = json.NewDecoder(r.Body).Decode(&got)
	if got.Method == "tools/list" {
		_ = json.NewEncoder(w).Encode(map[string]any{"tools": list()})
	}
	if got.Method == callTool {
		result, err := handleToolCall(got.Params)
		_ = json.NewEncoder(w).Encode(map[string]any{"result": result, "error": err})
	}
}

func handleToolCall(params json.RawMessage) (any, error) {
	var called struct {
		Name      string
		Arguments map[string]any
	}
	_ = json.Unmarshal(params, &called)
	switch called.Name {
	case "read_book":
		return readBook(called.Arguments)
	case "weed_book":
		return weedBook(called.Arguments)
	}
	return nil, nil
}

func readBook(given map[string]any) (any, error) { return os.ReadFile(given["path"].(string)) }

func weedBook(given map[string]any) (any, error) { return nil, os.Remove(given["path"].(string)) }

func main() {
	http.HandleFunc("/mcp", answer)
	_ = http.ListenAndServe(":8080", nil)
}
"""


def test_maps_that_are_listed_and_a_branch_for_each_tool() -> None:
    facts = facts_of({"main.go": _CASES, "go.mod": _MODULE})
    assert {tool.name: tool.handler.line for tool in facts.tools} == {"read_book": 50, "weed_book": 52}
    assert [one.kind for one in facts.transports] == ["http"]
    assert {flow.tools for flow in facts.code_flows} == {("read_book",), ("weed_book",)}


_GIVEN = """package main

import (
	"context"
	"encoding/json"
	"os"
)

type definition struct {
	Name        string
	Description string
	InputSchema any
}

type run func(ctx context.Context, given map[string]any) (any, error)

type gate struct {
	listed []definition
	runs   map[string]run
}

func (g *gate) add(one definition, f run) {
	g.listed = append(g.listed, one)
	g.runs[one.Name] = f
}

func read(ctx context.Context, given map[string]any) (any, error) { return os.ReadFile(given["path"].(string)) }

func (g *gate) called(raw json.RawMessage) (any, error) { return nil, nil }

func main() {
	g := &gate{runs: map[string]run{}}
	g.add(definition{Name: "read_book", Description: "Read a book", InputSchema: nil}, read)
	methods := map[string]func(json.RawMessage) (any, error){}
	METHODS
	_ = json.NewDecoder(os.Stdin).Decode(&methods)
}
"""


@pytest.mark.parametrize(
    "methods",
    ['methods["tools/call"] = g.called', 'on("tools/call", g.called)', 'methods = table{"tools/call": g.called}'],
)
def test_a_definition_given_with_its_function_and_a_table_of_methods(methods: str) -> None:
    facts = facts_of({"main.go": _GIVEN.replace("METHODS", methods), "go.mod": _MODULE})
    assert {tool.name: tool.handler.line for tool in facts.tools} == {"read_book": 27}
    assert [one.kind for one in facts.transports] == ["stdio"]


@pytest.mark.parametrize(
    "source",
    [
        _GIVEN.replace("METHODS", 'ask(map[string]any{"method": "tools/call"})'),
        _GIVEN.replace("METHODS", 'on("tools/call", g.called)').replace(
            '"os"', '"os"\n\t"github.com/mark3labs/mcp-go/mcp"'
        ),
        _GIVEN.replace("METHODS", 'on("prompts/get", g.called)'),
    ],
)
def test_clients_and_servers_of_a_library_are_no_such_servers(source: str) -> None:
    facts = facts_of({"main.go": source, "go.mod": _MODULE})
    assert not facts.tools
    assert not facts.transports
