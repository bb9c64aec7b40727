module example.test/tools

go 1.24

require github.com/mark3labs/mcp-go v0.42.0
