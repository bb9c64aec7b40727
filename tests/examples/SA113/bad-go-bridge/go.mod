module example.org/mini

go 1.23

require github.com/mark3labs/mcp-go v0.43.0
