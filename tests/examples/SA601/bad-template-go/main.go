package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type resolver struct{ template string }

func newResolver() *resolver { return &resolver{template: "metrics.{region}.example.com"} }

func (r *resolver) resolve(region string) (string, error) {
	if region == "" {
		return "", errors.New("no region")
	}
	return strings.ReplaceAll(r.template, "{region}", region), nil
}

type lister interface {
	list(ctx context.Context, region string) error
}

type client struct {
	http     *http.Client
	resolver *resolver
}

func (c *client) list(ctx context.Context, region string) error {
	host, err := c.resolver.resolve(region)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("https://%s/list", host), nil) // expect: SA601 MEDIUM
	if err != nil {
		return err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return err
	}
	return response.Body.Close()
}

type input struct {
	Region string `json:"region"`
}

func handler(metrics lister) mcp.ToolHandlerFor[input, any] {
	return func(ctx context.Context, _ *mcp.CallToolRequest, given input) (*mcp.CallToolResult, any, error) {
		return nil, nil, metrics.list(ctx, given.Region)
	}
}

func north(metrics lister) mcp.ToolHandlerFor[input, any] {
	return func(ctx context.Context, _ *mcp.CallToolRequest, _ input) (*mcp.CallToolResult, any, error) {
		return nil, nil, metrics.list(ctx, "north")
	}
}

func south(metrics lister) mcp.ToolHandlerFor[input, any] {
	return func(ctx context.Context, _ *mcp.CallToolRequest, _ input) (*mcp.CallToolResult, any, error) {
		return nil, nil, metrics.list(ctx, "south")
	}
}

func east(metrics lister) mcp.ToolHandlerFor[input, any] {
	return func(ctx context.Context, _ *mcp.CallToolRequest, _ input) (*mcp.CallToolResult, any, error) {
		return nil, nil, metrics.list(ctx, "east")
	}
}

func west(metrics lister) mcp.ToolHandlerFor[input, any] {
	return func(ctx context.Context, _ *mcp.CallToolRequest, _ input) (*mcp.CallToolResult, any, error) {
		return nil, nil, metrics.list(ctx, "west")
	}
}

func first(metrics lister) mcp.ToolHandlerFor[input, any] {
	return func(ctx context.Context, _ *mcp.CallToolRequest, _ input) (*mcp.CallToolResult, any, error) {
		return nil, nil, metrics.list(ctx, "first")
	}
}

func second(metrics lister) mcp.ToolHandlerFor[input, any] {
	return func(ctx context.Context, _ *mcp.CallToolRequest, _ input) (*mcp.CallToolResult, any, error) {
		return nil, nil, metrics.list(ctx, "second")
	}
}

func third(metrics lister) mcp.ToolHandlerFor[input, any] {
	return func(ctx context.Context, _ *mcp.CallToolRequest, _ input) (*mcp.CallToolResult, any, error) {
		return nil, nil, metrics.list(ctx, "third")
	}
}

func fourth(metrics lister) mcp.ToolHandlerFor[input, any] {
	return func(ctx context.Context, _ *mcp.CallToolRequest, _ input) (*mcp.CallToolResult, any, error) {
		return nil, nil, metrics.list(ctx, "fourth")
	}
}

func fifth(metrics lister) mcp.ToolHandlerFor[input, any] {
	return func(ctx context.Context, _ *mcp.CallToolRequest, _ input) (*mcp.CallToolResult, any, error) {
		return nil, nil, metrics.list(ctx, "fifth")
	}
}

func register(server *mcp.Server, metrics lister) {
	mcp.AddTool(server, &mcp.Tool{Name: "list_metrics"}, handler(metrics))
	mcp.AddTool(server, &mcp.Tool{Name: "list_north"}, north(metrics))
	mcp.AddTool(server, &mcp.Tool{Name: "list_south"}, south(metrics))
	mcp.AddTool(server, &mcp.Tool{Name: "list_east"}, east(metrics))
	mcp.AddTool(server, &mcp.Tool{Name: "list_west"}, west(metrics))
	mcp.AddTool(server, &mcp.Tool{Name: "list_first"}, first(metrics))
	mcp.AddTool(server, &mcp.Tool{Name: "list_second"}, second(metrics))
	mcp.AddTool(server, &mcp.Tool{Name: "list_third"}, third(metrics))
	mcp.AddTool(server, &mcp.Tool{Name: "list_fourth"}, fourth(metrics))
	mcp.AddTool(server, &mcp.Tool{Name: "list_fifth"}, fifth(metrics))
}

func main() {
	server := mcp.NewServer(&mcp.Implementation{Name: "regions", Version: "1.0.0"}, nil)
	for _, add := range []func(*mcp.Server, lister){register} {
		add(server, &client{http: http.DefaultClient, resolver: newResolver()})
	}
	_ = server.Run(context.Background(), &mcp.StdioTransport{})
}
