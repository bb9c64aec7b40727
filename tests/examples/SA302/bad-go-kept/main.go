package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type key struct{}
type regionKey struct{}
type userKey string

const tokenKey userKey = "token"
const nameKey userKey = "name"

var kept sync.Map
var typed sync.Map
var pointer atomic.Value

type other struct{}

func withToken(ctx context.Context, r *http.Request) context.Context {
	ctx = context.WithValue(ctx, key{}, r.Header.Get("Authorization"))
	ctx = context.WithValue(ctx, regionKey{}, "eu")
	return context.WithValue(ctx, nameKey, "fixed")
}

func tokenFrom(ctx context.Context) string {
	t, _ := ctx.Value(key{}).(string)
	return t
}

func withOwn(ctx context.Context) context.Context {
	return context.WithValue(ctx, tokenKey, os.Getenv("SHELF_API_TOKEN"))
}

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	log.Println("t", tokenFrom(ctx)) // expect: SA302 HIGH
	log.Println("r", ctx.Value(regionKey{}))
	log.Println("n", ctx.Value(nameKey))
	log.Println("o", ctx.Value(tokenKey)) // expect: SA302 HIGH
	if v, ok := ctx.Value(key{}).(string); ok {
		log.Println("v", v) // expect: SA302 HIGH
	}
	kept.Store("one", os.Getenv("SHELF_API_TOKEN"))
	typed.Store("one", "constant")
	kept.Store("command", req.GetString("command", ""))
	return mcp.NewToolResultText("gone"), nil
}

func read(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	if v, ok := kept.Load("one"); ok {
		log.Println("kept", v) // expect: SA302 HIGH
		s := v.(string)
		log.Println("kept", s) // expect: SA302 HIGH
	}
	if v, ok := typed.Load("one"); ok {
		log.Println("typed", v)
	}
	command, _ := kept.Load("command")
	_ = exec.Command("sh", "-c", command.(string)).Run()
	typed.Range(func(k, v any) bool {
		log.Println("all", k, v)
		return true
	})
	kept.Range(func(k, v any) bool {
		log.Println("all", v) // expect: SA302 HIGH
		return true
	})
	log.Println("none", ctx.Value("token"), ctx.Value(other{}))
	pointer.Store(os.Getenv("SHELF_API_TOKEN"))
	log.Println("pointer", pointer.Load()) // expect: SA302 HIGH
	w, _ := kept.LoadOrStore("one", "x")
	log.Println("w", w) // expect: SA302 HIGH
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	s.AddTool(mcp.NewTool("read"), read)
	_ = server.NewStreamableHTTPServer(s, server.WithHTTPContextFunc(withToken)).Start(":8080")
}
