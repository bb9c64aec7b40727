package main

import (
	"context"
	"log/slog"
	"os"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type given struct {
	Key string `json:"key"`
}

func read(ctx context.Context, request *mcp.CallToolRequest, in given) (*mcp.CallToolResult, any, error) {
	return &mcp.CallToolResult{}, nil, nil
}

func recorded(log *slog.Logger) mcp.Middleware {
	return func(next mcp.MethodHandler) mcp.MethodHandler {
		return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
			start := time.Now()
			result, err := next(ctx, method, request)
			attrs := []any{"method", method, "session", request.GetSession().ID(), "duration", time.Since(start)}
			if call, ok := request.(*mcp.CallToolRequest); ok {
				attrs = append(attrs, "tool", call.Params.Name, "arguments", string(call.Params.Arguments))
			}
			if err != nil {
				log.Error("tool_call", append(attrs, "err", err)...) // expect: SA303
				return result, err
			}
			log.Info("tool_call", attrs...) // expect: SA303
			return result, nil
		}
	}
}

func main() {
	log := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	server := mcp.NewServer(&mcp.Implementation{Name: "shelf", Version: "v1"}, nil)
	server.AddReceivingMiddleware(recorded(log))
	mcp.AddTool(server, &mcp.Tool{Name: "read", Description: "Read"}, read)
	_ = server.Run(context.Background(), &mcp.StdioTransport{})
}
