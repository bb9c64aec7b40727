package main

import (
	"context"
	"fmt"
	"net/http"
	"os/exec"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func run(ctx context.Context, words ...string) (string, error) {
	out, err := exec.CommandContext(ctx, "git", words...).Output() // expect: SA602 MEDIUM
	return string(out), err
}

func ping(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	host := request.GetString("host", "")
	out, err := exec.CommandContext(ctx, "sh", "-c", fmt.Sprintf("ping -c 1 %s", host)).Output() // expect: SA602 HIGH
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(string(out)), nil
}

func chosen(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	words := strings.Fields(request.GetString("line", ""))
	out, err := exec.Command(words[0], words[1:]...).Output() // expect: SA602 HIGH
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(string(out)), nil
}

func log(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	out, err := run(ctx, "log", request.GetString("revision", "HEAD"))
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(out), nil
}

func convert(w http.ResponseWriter, r *http.Request) {
	_ = exec.Command("bash", "-c", "convert "+r.FormValue("file")).Run() // expect: SA602 HIGH
	w.WriteHeader(http.StatusNoContent)
}

func main() {
	s := server.NewMCPServer("runner", "1.0.0")
	s.AddTool(mcp.NewTool("ping", mcp.WithString("host")), ping)
	s.AddTool(mcp.NewTool("chosen", mcp.WithString("line")), chosen)
	s.AddTool(mcp.NewTool("log", mcp.WithString("revision")), log)
	http.HandleFunc("/convert", convert)
	_ = server.ServeStdio(s)
}
