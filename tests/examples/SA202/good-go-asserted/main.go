package main

import (
	"context"
	"encoding/json"
	"log"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type Conf struct{ servers map[string]int }

func (c *Conf) Find(name string) (*int, *map[string]int, bool) {
	name = strings.TrimSpace(name)
	s, ok := c.servers[name]
	if !ok {
		return nil, nil, false
	}
	return &s, nil, true
}

type G struct{ conf Conf }

func (g *G) tool(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	var params struct {
		Name string `json:"name"`
	}
	raw, _ := json.Marshal(req.Params.Arguments)
	if err := json.Unmarshal(raw, &params); err != nil {
		return nil, err
	}
	name := strings.TrimSpace(params.Name)
	_, _, found := g.conf.Find(name)
	if !found {
		return nil, nil
	}
	log.Printf("name %s", name)
	given, ok := req.Params.Arguments.(map[string]any)
	if !ok {
		return nil, nil
	}
	limit, _ := given["limit"].(float64)
	log.Printf("limit %v", limit)
	switch v := given["limit"].(type) {
	case float64, int:
		log.Printf("limit %v", v)
	case bool:
		log.Printf("limit %v", v)
	case nil:
		log.Printf("no limit %v", v)
	}
	if n, ok := given["limit"].(int); ok {
		log.Printf("limit %v %v", n, ok)
	}
	return nil, nil
}

func main() {
	g := &G{}
	s := server.NewMCPServer("desk", "1.0.0")
	s.AddTool(mcp.NewTool("open"), g.tool)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
