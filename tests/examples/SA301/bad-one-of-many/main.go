package main

import (
	"context"
	"log"
	"os"
	"strings"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type settings struct{ env map[string]string }

func (s *settings) get(name string) string { return s.env[name] }

func newSettings(environ []string) *settings {
	env := make(map[string]string)
	for _, e := range environ {
		if i := strings.Index(e, "="); i >= 0 {
			env[e[:i]] = e[i+1:]
		}
	}
	return &settings{env: env}
}

func lookup(env []string, name string) (string, bool) {
	for _, pair := range env {
		k, v, _ := strings.Cut(pair, "=")
		if k == name {
			return v, true
		}
	}
	return "", false
}

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	s := newSettings(os.Environ())
	log.Println("region", s.get("REGION"))
	log.Println("region", s.env["REGION"])
	region, _ := lookup(os.Environ(), "REGION")
	log.Println("region", region)
	key, _ := lookup(os.Environ(), "SHELF_API_KEY")
	log.Println("key", key) // expect: SA302 HIGH
	for _, name := range []string{"REGION", "LANG"} {
		log.Println(name, os.Getenv(name))
		log.Println(name, s.env[name])
	}
	for _, pair := range os.Environ() {
		if strings.HasPrefix(pair, "REGION=") {
			log.Println(pair)
		}
	}
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
