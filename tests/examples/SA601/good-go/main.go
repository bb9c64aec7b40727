package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

var base = os.Getenv("API_BASE")
var hosts = []string{"api.example.com", "docs.example.com"}
var name = regexp.MustCompile(`^[a-z0-9-]+$`)
var known = map[string]string{"docs": "https://docs.example.com"}

func checked(raw string) (*url.URL, error) {
	target, err := url.Parse(raw)
	if err != nil {
		return nil, err
	}
	if target.Scheme != "https" || !slices.Contains(hosts, target.Hostname()) {
		return nil, errors.New("host not allowed")
	}
	return target, nil
}

func isAllowed(raw string) bool {
	target, err := url.Parse(raw)
	if err != nil {
		return false
	}
	for _, host := range hosts {
		if target.Hostname() == host || strings.HasSuffix(target.Hostname(), "."+host) {
			return true
		}
	}
	return false
}

func get(where string) (*mcp.CallToolResult, error) {
	answer, err := http.Get(where)
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(answer.Status), nil
}

func first(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	target, err := checked(request.GetString("where", ""))
	if err != nil {
		return mcp.NewToolResultError(err.Error()), nil
	}
	return get(target.String())
}

func second(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	where := request.GetString("where", "")
	if !isAllowed(where) {
		return mcp.NewToolResultError("host"), nil
	}
	return get(where)
}

func third(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return get(base + "/items/" + url.PathEscape(request.GetString("key", "")))
}

func fourth(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	key := request.GetString("key", "")
	if !name.MatchString(key) {
		return mcp.NewToolResultError("key"), nil
	}
	return get(fmt.Sprintf("%s/items/%s", base, key))
}

func fifth(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	query := url.Values{}
	query.Set("q", request.GetString("q", ""))
	return get(base + "/search?" + query.Encode())
}

func sixth(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	where, ok := known[request.GetString("name", "")]
	if !ok {
		return mcp.NewToolResultError("name"), nil
	}
	return get(where)
}

func seventh(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	number := request.GetInt("number", 1)
	return get(fmt.Sprintf("%s/items/%d", base, number))
}

func main() {
	s := server.NewMCPServer("fetcher", "1.0.0")
	s.AddTool(mcp.NewTool("first", mcp.WithString("where")), first)
	s.AddTool(mcp.NewTool("second", mcp.WithString("where")), second)
	s.AddTool(mcp.NewTool("third", mcp.WithString("key")), third)
	s.AddTool(mcp.NewTool("fourth", mcp.WithString("key")), fourth)
	s.AddTool(mcp.NewTool("fifth", mcp.WithString("q")), fifth)
	s.AddTool(mcp.NewTool("sixth", mcp.WithString("name")), sixth)
	s.AddTool(mcp.NewTool("seventh", mcp.WithNumber("number")), seventh)
	_ = server.ServeStdio(s)
}
