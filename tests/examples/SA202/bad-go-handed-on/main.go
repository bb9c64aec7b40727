package main

import (
	"context"
	"encoding/json"
	"log"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

type Args struct {
	Query string `json:"query"`
	Limit int    `json:"limit"`
	Tags  []string
}

type job struct {
	query string
	args  map[string]any
}

type Worker struct {
	ch   chan job
	last string
}

func (w *Worker) loop() {
	for j := range w.ch {
		log.Printf("job %s", j.query) // expect: SA202
	}
}

func (w *Worker) once() {
	j := <-w.ch
	log.Printf("job %s", j.query) // expect: SA202
	select {
	case k := <-w.ch:
		log.Printf("job %s", k.query) // expect: SA202
	default:
	}
	j2, ok := <-w.ch
	if ok {
		log.Printf("job %s %s", j2.query, w.last) // expect: SA202
	}
}

var worker = &Worker{ch: make(chan job, 1)}

func tool(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	q := req.GetString("query", "")
	worker.ch <- job{query: q}
	worker.last = q
	lines := make(chan string)
	go func() { lines <- q }()
	log.Printf("q %s", <-lines) // expect: SA202
	var a Args
	if err := req.BindArguments(&a); err != nil {
		return nil, err
	}
	log.Printf("q %s", a.Query) // expect: SA202
	log.Printf("q %d", a.Limit)
	log.Printf("q %v", a.Tags) // expect: SA202
	m, ok := req.Params.Arguments.(map[string]any)
	if !ok {
		return nil, nil
	}
	log.Printf("q %v", m["query"]) // expect: SA202
	s, _ := m["query"].(string)
	log.Printf("q %s", s) // expect: SA202
	f, _ := m["limit"].(float64)
	log.Printf("q %v", f)
	switch v := m["query"].(type) {
	case string:
		log.Printf("q %s", v) // expect: SA202
	case float64:
		log.Printf("q %v", v)
	case bool:
		log.Printf("q %v", v)
	default:
		log.Printf("q %v", v) // expect: SA202
	}
	if n, ok := m["limit"].(int); ok {
		log.Printf("q %v", n)
	} else {
		log.Printf("q %v", m["limit"]) // expect: SA202
	}
	raw, _ := json.Marshal(req.Params.Arguments)
	var b Args
	_ = json.Unmarshal(raw, &b)
	log.Printf("q %s", b.Query) // expect: SA202
	return mcp.NewToolResultText("ok"), nil
}

func main() {
	go worker.loop()
	go worker.once()
	s := server.NewMCPServer("desk", "1.0.0")
	s.AddTool(mcp.NewTool("open"), tool)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
