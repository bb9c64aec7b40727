package shelf

import (
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

func register(s *server.MCPServer, o *sdk.Server) {
	// ruleid: go-tool-definition
	tool := mcp.NewTool("list_books", mcp.WithDescription("Žádné knihy"))
	// ok: go-tool-definition
	resource := mcp.NewResource("shelf://all", "shelf")
	// ruleid: go-tool-add
	s.AddTool(tool, listBooks)
	// ruleid: go-tool-add, go-tool-definition
	s.AddTool(mcp.NewTool("find_book"), func(ctx context.Context, r mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return nil, nil
	})
	// ruleid: go-tool-add, go-tool-definition
	s.AddTool(mcp.NewToolWithRawSchema("raw", "Raw", schema), raw)
	// ruleid: go-tool-add-function
	sdk.AddTool(o, &sdk.Tool{Name: "borrow", Description: "Borrow"}, borrow)
	// ruleid: go-tool-add-function
	sdk.AddTool[In, Out](o, &sdk.Tool{Name: "return"}, giveBack)
	// ruleid: go-tool-add
	o.AddTool(&sdk.Tool{Name: "renew"}, renew)
	// ruleid: go-tool-add-made
	s.AddTool(lendBook(shelf))
	// ruleid: go-tool-add-session
	s.AddSessionTool(id, tool, listBooks)
	// ruleid: go-tool-register
	s.RegisterTool("weed", "Weed the shelf", weed)
	// ok: go-tool-add, go-tool-add-function, go-tool-register, go-tool-add-session
	s.AddTools(all...)
	_ = resource
}

func all() []server.ServerTool {
	// ruleid: go-tool-struct, go-tool-definition
	one := server.ServerTool{Tool: mcp.NewTool("scan"), Handler: scan}
	// ok: go-tool-struct
	route := http.Route{Path: "/mcp", Handler: scan}
	return []server.ServerTool{
		// ruleid: go-tool-struct
		{Tool: mcp.Tool{Name: "label"}, Handler: label},
		one,
	}
}
