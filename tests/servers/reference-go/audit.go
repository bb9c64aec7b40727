package main

import (
	"context"
	"encoding/json"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

var effects = map[string]effect{
	"list_notes": retrieval, "read_note": retrieval, "write_note": mutation,
	"fetch_page": external, "publish_note": external, "set_limit": mutation,
}

var needed = map[string]string{
	"list_notes": "read", "read_note": "read", "write_note": "write",
	"fetch_page": "web", "publish_note": "web", "set_limit": "admin",
}

// recorded stands around every tool: scope, volume, the record after the call, and the look at the session.
func recorded(next server.ToolHandlerFunc) server.ToolHandlerFunc {
	return func(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		caller, tool, started := sessionOf(ctx), req.Params.Name, time.Now()
		result, err := guarded(ctx, req, caller, next)
		arguments := digest(req.GetArguments())
		securityLog.Info("tool_call", "event", "tool_call", "tool", tool, "outcome", outcomeOf(result, err),
			"duration_ms", time.Since(started).Milliseconds(), "caller", caller.caller, "session", caller.id,
			"args_hash", arguments, "bytes", sizeOf(result), "session_age_ms", caller.age())
		caller.remember(call{tool, effects[tool], arguments, len(req.GetArguments()), time.Now()})
		caller.inspect(len(effects))
		return result, err
	}
}

func guarded(ctx context.Context, req mcp.CallToolRequest, caller *session, next server.ToolHandlerFunc) (*mcp.CallToolResult, error) {
	tool := req.Params.Name
	if !caller.scopes[needed[tool]] {
		securityLog.Warn("auth_failure", "event", "auth_failure", "reason", "scope", "tool", tool, "resource", needed[tool],
			"caller", caller.caller, "session", caller.id, "failures", caller.failures, "session_age_ms", caller.age())
		return mcp.NewToolResultError("this token does not cover the tool"), nil
	}
	result, err := next(ctx, req)
	if err != nil {
		return mcp.NewToolResultError("the tool failed; the operator has a record of it"), nil
	}
	if err := caller.countResponse(tool, sizeOf(result)); err != nil {
		return mcp.NewToolResultError(err.Error()), nil
	}
	return result, nil
}

func outcomeOf(result *mcp.CallToolResult, err error) string {
	if err != nil || result == nil || result.IsError {
		return "failure"
	}
	return "success"
}

func sizeOf(result *mcp.CallToolResult) int64 {
	text, _ := json.Marshal(result)
	return int64(len(text))
}

// recordSurface is called at every start: a change between two starts without a deployment is worth a look.
func recordSurface(tools []server.ServerTool) {
	surface := make([]mcp.Tool, 0, len(tools))
	for _, one := range tools {
		surface = append(surface, one.Tool)
	}
	securityLog.Info("tool_surface", "event", "tool_surface", "hash", digest(surface), "tools", len(surface))
}
