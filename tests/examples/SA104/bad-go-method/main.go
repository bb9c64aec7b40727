package main

import (
	"context"
	"errors"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type note struct{ owner, text string }

func load(id string) note { return note{} }

type session struct{ owner string }

func (s *session) own(id string) (note, error) {
	found := load(id)
	if found.owner != s.owner {
		return note{}, errors.New("no such note") // expect: SA104
	}
	return found, nil
}

func sessionOf(ctx context.Context) *session {
	return &session{owner: server.ClientSessionFromContext(ctx).SessionID()}
}

func read(ctx context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	found, err := sessionOf(ctx).own(request.GetString("id", ""))
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(found.text), nil
}

func main() {
	s := server.NewMCPServer("notes", "1.0.0")
	s.AddTool(mcp.NewTool("read"), read)
	server.ServeStdio(s)
}
