// Shelf is an MCP server for notes on a shelf, one folder for each owner.
package main

import (
	"context"
	"net/http"
	"os"
	"time"

	"github.com/mark3labs/mcp-go/server"
)

func main() {
	stop := configureLogging(context.Background())
	defer stop()
	s := newServer()
	if len(os.Args) > 1 && os.Args[1] == "--http" {
		serveHTTP(s)
		return
	}
	if err := server.ServeStdio(s, server.WithStdioContextFunc(withLocalSession)); err != nil {
		securityLog.Error("stopped", "event", "server_stopped", "error", err.Error())
	}
}

func newServer() *server.MCPServer {
	s := server.NewMCPServer("shelf", "1.3.0", server.WithToolHandlerMiddleware(recorded), server.WithToolCapabilities(false))
	tools := tools()
	s.AddTools(tools...)
	recordSurface(tools)
	return s
}

func serveHTTP(s *server.MCPServer) {
	endpoint := server.NewStreamableHTTPServer(s)
	mux := http.NewServeMux()
	mux.Handle("/mcp", authenticated(endpoint))
	listener := &http.Server{Addr: setting("SHELF_ADDRESS", "127.0.0.1:8080"), Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	if err := listener.ListenAndServe(); err != nil {
		securityLog.Error("stopped", "event", "server_stopped", "error", err.Error())
	}
}
