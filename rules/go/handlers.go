package shelf

import "github.com/mark3labs/mcp-go/server"

func wire(s *server.MCPServer, hooks *server.Hooks) {
	// ruleid: go-middleware
	s.AddReceivingMiddleware(record, limit)
	// ok: go-middleware
	s.AddSendingMiddleware(record)
	// ruleid: go-middleware-tool
	option := server.WithToolHandlerMiddleware(record)
	// ok: go-middleware-tool
	other := server.WithToolCapabilities(true)
	// ruleid: go-middleware-hook
	hooks.AddAfterCallTool(func(ctx context.Context, id any, m *mcp.CallToolRequest, r *mcp.CallToolResult) {})
	// ok: go-middleware-hook
	hooks.AddBeforeListTools(count)
	// ruleid: go-resource
	s.AddResource(mcp.NewResource("shelf://all", "shelf"), readShelf)
	// ruleid: go-resource
	s.AddResourceTemplate(&mcp.ResourceTemplate{URITemplate: "book://{isbn}"}, readBook)
	// ruleid: go-resource-pair
	s.AddResource(styleGuide(logger))
	// ok: go-resource, go-resource-pair
	inventory.AddResource(book)
	// ruleid: go-prompt
	s.AddPrompt(prompt, summarise)
	// ruleid: go-prompt-register
	s.RegisterPrompt("summary", "Summarises a book", summarise)
	// ok: go-prompt-register
	s.RegisterPrompt(prompt)
	// ruleid: go-resource-register
	s.RegisterResource("shelf://all", "shelf", "All books", "text/plain", readShelf)
	// ruleid: go-resource-register
	s.RegisterResourceTemplate(template, readBook)
	// ok: go-resource-register
	registry.RegisterResource(book)
	// ok: go-prompt
	terminal.AddPrompt("> ")
}
