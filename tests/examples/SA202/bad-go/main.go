package main

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"os"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/sirupsen/logrus"
)

type input struct {
	Path  string `json:"path"`
	Lines int    `json:"lines"`
}

func logf(format string, args ...any) { log.Printf("[files] "+format, args...) }

func read(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	path := req.GetString("path", "")
	log.Printf("reading %s", path) // expect: SA202 MEDIUM
	log.Println("reading", path) // expect: SA202
	log.Print("reading " + path) // expect: SA202
	log.Printf("reading %v", path) // expect: SA202
	fmt.Fprintf(os.Stderr, "reading %s\n", path) // expect: SA202
	slog.Info("reading " + path) // expect: SA202
	slog.Info(fmt.Sprintf("reading %s", path)) // expect: SA202
	logrus.Infof("reading %s", path) // expect: SA202
	logf("reading %s", path) // expect: SA202
	v1 := strings.ToLower(path)
	log.Printf("reading %s", v1) // expect: SA202
	if _, err := os.Stat(path); err != nil {
		log.Printf("cannot read %s: %v", path, err) // expect: SA202
	}
	return mcp.NewToolResultText(path), nil
}

func typed(ctx context.Context, req mcp.CallToolRequest, in input) (*mcp.CallToolResult, error) {
	log.Printf("reading %s", in.Path) // expect: SA202
	log.Printf("reading %d", in.Lines)
	return mcp.NewToolResultText("ok"), nil
}

func health(w http.ResponseWriter, r *http.Request) {
	log.Printf("path %s", r.URL.Path) // expect: SA202
}

func ginHealth(c *gin.Context) {
	log.Printf("who %s", c.Query("who")) // expect: SA202
	log.Printf("id %s", c.Param("id")) // expect: SA202
}

func main() {
	s := server.NewMCPServer("files", "1.0.0")
	s.AddTool(mcp.NewTool("read"), read)
	s.AddTool(mcp.NewTool("typed"), mcp.NewTypedToolHandler(typed))
	http.HandleFunc("/health", health)
	gin.New().GET("/:id", ginHealth)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
