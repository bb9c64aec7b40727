package main

import (
	"context"
	"log"
	"net/http"

	"github.com/ThinkInAIXYZ/go-mcp/protocol"
	think "github.com/ThinkInAIXYZ/go-mcp/server"
	mark "github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	metoro "github.com/metoro-io/mcp-golang"
	"github.com/metoro-io/mcp-golang/transport/stdio"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type note struct {
	Title string `json:"title"`
	Size  int    `json:"size"`
}

func keep(made note) (*metoro.ToolResponse, error) {
	log.Printf("keep %+v", made) // expect: SA303 MEDIUM
	log.Printf("keep %d", made.Size)
	return metoro.NewToolResponse(metoro.NewTextContent("kept")), nil
}

func find(_ context.Context, request *protocol.CallToolRequest) (*protocol.CallToolResult, error) {
	var asked note
	if err := protocol.VerifyAndUnmarshal(request.RawArguments, &asked); err != nil {
		return nil, err
	}
	log.Printf("find %s", request.RawArguments) // expect: SA303 MEDIUM
	log.Printf("find %+v", asked)               // expect: SA303 MEDIUM
	return &protocol.CallToolResult{}, nil
}

func told(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		log.Printf("%s %v", method, request.GetParams()) // expect: SA303 MEDIUM
		return next(ctx, method, request)
	}
}

func sent(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		log.Printf("%s %v", method, request.GetParams())
		return next(ctx, method, request)
	}
}

func main() {
	hooks := &server.Hooks{}
	hooks.AddBeforeAny(func(_ context.Context, id any, method mark.MCPMethod, message any) {
		log.Printf("%v %s %v", id, method, message) // expect: SA303 MEDIUM
	})
	marked := server.NewMCPServer("marked", "1.0.0", server.WithHooks(hooks))

	first := metoro.NewServer(stdio.NewStdioServerTransport())
	_ = first.RegisterTool("keep", "Keeps a note", keep)

	second, _ := think.NewServer(nil)
	tool, _ := protocol.NewTool("find", "Finds a note", note{})
	second.RegisterTool(tool, find)

	third := mcp.NewServer(&mcp.Implementation{Name: "notes"}, nil)
	third.AddReceivingMiddleware(told)
	third.AddSendingMiddleware(sent)
	_ = http.ListenAndServe(":8080", server.NewStreamableHTTPServer(marked))
}
