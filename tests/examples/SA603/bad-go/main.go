package main

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

const root = "/srv/data"

type store struct{ dir string }

func (s *store) save(name string, content string) error {
	return os.WriteFile(filepath.Join(s.dir, name+".json"), []byte(content), 0o600) // expect: SA603 MEDIUM
}

func read(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	name, err := request.RequireString("name")
	if err != nil {
		return nil, err
	}
	content, err := os.ReadFile(filepath.Join(root, name)) // expect: SA603 MEDIUM
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(string(content)), nil
}

func began(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	target := filepath.Join(root, request.GetString("name", ""))
	if !strings.HasPrefix(target, root) {
		return mcp.NewToolResultError("outside"), nil
	}
	content, err := os.ReadFile(target) // expect: SA603 MEDIUM
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(string(content)), nil
}

func save(s *store) server.ToolHandlerFunc {
	return func(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if err := s.save(request.GetString("name", ""), request.GetString("content", "")); err != nil {
			return nil, err
		}
		return mcp.NewToolResultText("done"), nil
	}
}

func remove(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	args := request.GetArguments()
	name, _ := args["name"].(string)
	return mcp.NewToolResultText("done"), os.RemoveAll(name) // expect: SA603 MEDIUM
}

func serve(w http.ResponseWriter, r *http.Request) {
	http.ServeFile(w, r, filepath.Join(root, r.URL.Query().Get("name"))) // expect: SA603 HIGH
}

func main() {
	s := server.NewMCPServer("files", "1.0.0")
	s.AddTool(mcp.NewTool("read", mcp.WithString("name")), read)
	s.AddTool(mcp.NewTool("began", mcp.WithString("name")), began)
	s.AddTool(mcp.NewTool("save", mcp.WithString("name")), save(&store{dir: root}))
	s.AddTool(mcp.NewTool("remove", mcp.WithString("name")), remove)
	http.HandleFunc("/files", serve)
	_ = server.ServeStdio(s)
}
