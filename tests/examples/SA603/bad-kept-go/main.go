package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type arguments interface{ all() map[string]any }

type params struct {
	context.Context
	arguments
}

type handler func(params) (string, error)

type set interface{ tools() []tool }

type tool struct {
	name    string
	handler handler
}

type request struct{ given map[string]any }

func (r *request) all() map[string]any { return r.given }

type archive struct{ dir string }

func (a *archive) health() ([]byte, error) {
	return os.ReadFile(filepath.Join(a.dir, "health.json")) // expect: SA603 MEDIUM
}

var (
	lock    sync.RWMutex
	current *archive
)

func keep(a *archive) {
	lock.Lock()
	defer lock.Unlock()
	current = a
}

func kept() (*archive, error) {
	lock.RLock()
	defer lock.RUnlock()
	if current == nil {
		return nil, errors.New("no archive is open")
	}
	return current, nil
}

func text(given map[string]any, key string) string {
	if held, ok := given[key].(string); ok {
		return held
	}
	return ""
}

func open(p params) (string, error) {
	path := text(p.all(), "path")
	if _, err := os.ReadDir(path); err != nil { // expect: SA603 MEDIUM
		return "", err
	}
	keep(&archive{dir: path})
	return "open", nil
}

func health(params) (string, error) {
	a, err := kept()
	if err != nil {
		return "", err
	}
	found, err := a.health()
	return string(found), err
}

type archives struct{}

func (archives) tools() []tool {
	return []tool{{name: "open", handler: open}, {name: "health", handler: health}}
}

func received(raw *mcp.CallToolParamsRaw) (*request, error) {
	var given map[string]any
	if err := json.Unmarshal(raw.Arguments, &given); err != nil {
		return nil, err
	}
	return &request{given: given}, nil
}

func adapted(one tool) mcp.ToolHandler {
	return func(ctx context.Context, call *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		r, err := received(call.Params)
		if err != nil {
			return nil, err
		}
		said, err := one.handler(params{Context: ctx, arguments: r})
		if err != nil {
			return nil, err
		}
		return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: said}}}, nil
	}
}

var known = map[string]set{"archives": archives{}, "others": others{}}

func chosen() set { return known[os.Getenv("TOOLS")] }

func main() {
	server := mcp.NewServer(&mcp.Implementation{Name: "archives", Version: "1.0.0"}, nil)
	for _, one := range chosen().tools() {
		server.AddTool(&mcp.Tool{Name: one.name, InputSchema: map[string]any{"type": "object"}}, adapted(one))
	}
	_ = server.Run(context.Background(), &mcp.StdioTransport{})
}
