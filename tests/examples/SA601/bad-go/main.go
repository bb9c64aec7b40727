package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

const base = "https://api.example.com"

type job struct {
	Callback string `json:"callback"`
}

type client struct {
	base string
	http *http.Client
}

func (c *client) load(path string) (string, error) {
	answer, err := c.http.Get(c.base + "/" + path) // expect: SA601 LOW
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return string(body), err
}

func summary(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	address, err := request.RequireString("address")
	if err != nil {
		return nil, err
	}
	answer, err := http.Get(address) // expect: SA601 MEDIUM
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(answer.Status), nil
}

func posted(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	where := request.GetString("where", "")
	made, err := http.NewRequestWithContext(ctx, http.MethodPost, where, nil) // expect: SA601 MEDIUM
	if err != nil {
		return nil, err
	}
	answer, err := http.DefaultClient.Do(made)
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(answer.Status), nil
}

func began(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	where := request.GetString("where", "")
	if !strings.HasPrefix(where, "https://api.example.com") {
		return mcp.NewToolResultError("host"), nil
	}
	answer, err := http.Get(where) // expect: SA601 MEDIUM
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(answer.Status), nil
}

func listed(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	where := request.GetString("where", "")
	parsed, err := url.Parse(where)
	if err != nil {
		return nil, err
	}
	if parsed.Hostname() == "localhost" || parsed.Hostname() == "127.0.0.1" {
		return mcp.NewToolResultError("host"), nil
	}
	answer, err := http.Get(parsed.String()) // expect: SA601 MEDIUM
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(answer.Status), nil
}

func item(c *client) server.ToolHandlerFunc {
	return func(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		body, err := c.load(fmt.Sprintf("items/%s", request.GetString("key", "")))
		if err != nil {
			return nil, err
		}
		return mcp.NewToolResultText(body), nil
	}
}

func hook(w http.ResponseWriter, r *http.Request) {
	var wanted job
	if err := json.NewDecoder(r.Body).Decode(&wanted); err != nil {
		return
	}
	_, _ = http.Get(wanted.Callback) // expect: SA601 HIGH
	_, _ = http.Get(r.URL.Query().Get("to")) // expect: SA601 HIGH
	w.WriteHeader(http.StatusNoContent)
}

func ginHook(c *gin.Context) {
	_, _ = http.Get(c.Query("to")) // expect: SA601 HIGH
}

func main() {
	s := server.NewMCPServer("fetcher", "1.0.0")
	c := &client{base: base, http: http.DefaultClient}
	s.AddTool(mcp.NewTool("summary", mcp.WithString("address")), summary)
	s.AddTool(mcp.NewTool("posted", mcp.WithString("where")), posted)
	s.AddTool(mcp.NewTool("began", mcp.WithString("where")), began)
	s.AddTool(mcp.NewTool("listed", mcp.WithString("where")), listed)
	s.AddTool(mcp.NewTool("item", mcp.WithString("key")), item(c))
	http.HandleFunc("/hook", hook)
	e := gin.New()
	e.GET("/hook", ginHook)
	_ = server.ServeStdio(s)
}
