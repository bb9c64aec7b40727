package main

import (
	"context"
	"net/http"
	"os"
	"text/template"

	"github.com/dop251/goja"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func price(_ context.Context, request mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	machine := goja.New()
	value, err := machine.RunString(request.GetString("formula", "")) // expect: SA606 HIGH
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(value.String()), nil
}

func page(w http.ResponseWriter, r *http.Request) {
	made, err := template.New("page").Parse(r.FormValue("template")) // expect: SA606 HIGH
	if err != nil {
		return
	}
	_ = made.Execute(os.Stderr, nil)
}

func main() {
	s := server.NewMCPServer("worker", "1.0.0")
	s.AddTool(mcp.NewTool("price", mcp.WithString("formula")), price)
	http.HandleFunc("/page", page)
	_ = server.ServeStdio(s)
}
