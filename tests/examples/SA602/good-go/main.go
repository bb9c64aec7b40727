package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

var allowed = map[string]bool{"status": true, "branch": true}

func checked(word string) (string, error) {
	if strings.HasPrefix(word, "-") {
		return "", errors.New("no options")
	}
	return word, nil
}

func log(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	path := request.GetString("path", "")
	out, err := exec.CommandContext(ctx, "git", "log", "--", path).Output()
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(string(out)), nil
}

func show(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	revision, err := checked(request.GetString("revision", ""))
	if err != nil {
		return mcp.NewToolResultError(err.Error()), nil
	}
	out, err := exec.CommandContext(ctx, "git", "show", revision).Output()
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(string(out)), nil
}

func named(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	name := request.GetString("name", "")
	if !allowed[name] {
		return mcp.NewToolResultError("name"), nil
	}
	count := strconv.Itoa(request.GetInt("count", 1))
	out, err := exec.CommandContext(ctx, "git", name, count).Output()
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(string(out)), nil
}

func main() {
	s := server.NewMCPServer("runner", "1.0.0")
	s.AddTool(mcp.NewTool("log", mcp.WithString("path")), log)
	s.AddTool(mcp.NewTool("show", mcp.WithString("revision")), show)
	s.AddTool(mcp.NewTool("named", mcp.WithString("name"), mcp.WithNumber("count")), named)
	_ = exec.Command(os.Args[1], os.Getenv("TARGET")).Run()
	_ = server.ServeStdio(s)
}
