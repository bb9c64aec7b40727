module example.com/notes

go 1.23

require (
	github.com/mark3labs/mcp-go v0.38.0
	go.uber.org/zap v1.27.0
)
