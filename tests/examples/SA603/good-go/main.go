package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type handler struct{ roots []string }

func newHandler(dirs []string) *handler {
	roots := make([]string, 0, len(dirs))
	for _, dir := range dirs {
		roots = append(roots, filepath.Clean(dir)+string(filepath.Separator))
	}
	return &handler{roots: roots}
}

func (h *handler) validate(requested string) (string, error) {
	target, err := filepath.Abs(requested)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(target)
	if err != nil {
		return "", err
	}
	for _, root := range h.roots {
		if strings.HasPrefix(real, root) {
			return real, nil
		}
	}
	return "", errors.New("outside")
}

func within(root, name string) (string, error) {
	target := filepath.Join(root, name)
	relative, err := filepath.Rel(root, target)
	if err != nil || relative == ".." || strings.HasPrefix(relative, ".."+string(filepath.Separator)) {
		return "", errors.New("outside")
	}
	return target, nil
}

func (h *handler) read(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	target, err := h.validate(request.GetString("name", ""))
	if err != nil {
		return mcp.NewToolResultError(err.Error()), nil
	}
	content, err := os.ReadFile(target)
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(string(content)), nil
}

func (h *handler) related(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	target, err := within(h.roots[0], request.GetString("name", ""))
	if err != nil {
		return mcp.NewToolResultError(err.Error()), nil
	}
	return mcp.NewToolResultText("done"), os.Remove(target)
}

func (h *handler) local(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	name := request.GetString("name", "")
	if !filepath.IsLocal(name) {
		return mcp.NewToolResultError("outside"), nil
	}
	return mcp.NewToolResultText("done"), os.Remove(filepath.Join(h.roots[0], name))
}

func (h *handler) opened(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	root, err := os.OpenRoot(h.roots[0])
	if err != nil {
		return nil, err
	}
	defer root.Close()
	file, err := root.Open(request.GetString("name", ""))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return mcp.NewToolResultText(file.Name()), nil
}

func (h *handler) base(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return mcp.NewToolResultText("done"), os.Remove(filepath.Join(h.roots[0], filepath.Base(request.GetString("name", ""))))
}

func main() {
	s := server.NewMCPServer("files", "1.0.0")
	h := newHandler(os.Args[1:])
	s.AddTool(mcp.NewTool("read", mcp.WithString("name")), h.read)
	s.AddTool(mcp.NewTool("related", mcp.WithString("name")), h.related)
	s.AddTool(mcp.NewTool("local", mcp.WithString("name")), h.local)
	s.AddTool(mcp.NewTool("opened", mcp.WithString("name")), h.opened)
	s.AddTool(mcp.NewTool("base", mcp.WithString("name")), h.base)
	_ = server.ServeStdio(s)
}
