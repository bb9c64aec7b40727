package main

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"
	"sync/atomic"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
)

func tools() []server.ServerTool {
	return []server.ServerTool{
		{Tool: mcp.NewTool("list_notes", mcp.WithDescription("List the caller's notes")), Handler: listNotes},
		{Tool: mcp.NewTool("read_note", mcp.WithDescription("Read one of the caller's notes, named owner/name"),
			mcp.WithString("name", mcp.Required())), Handler: readNote},
		{Tool: mcp.NewTool("write_note", mcp.WithDescription("Create or replace one of the caller's notes"),
			mcp.WithString("name", mcp.Required()), mcp.WithString("text", mcp.Required())), Handler: writeNote},
		{Tool: mcp.NewTool("fetch_page", mcp.WithDescription("Fetch a page from an allowed host"),
			mcp.WithString("url", mcp.Required())), Handler: fetchPage},
		{Tool: mcp.NewTool("publish_note", mcp.WithDescription("Send one of the caller's notes to an allowed host"),
			mcp.WithString("name", mcp.Required()), mcp.WithString("url", mcp.Required())), Handler: publishNote},
		{Tool: mcp.NewTool("set_limit", mcp.WithDescription("Change a ceiling while the server runs; needs the administrator's code as well"),
			mcp.WithString("limit", mcp.Required()), mcp.WithNumber("value", mcp.Required()),
			mcp.WithString("confirmation", mcp.Required())), Handler: setLimit},
	}
}

func listNotes(ctx context.Context, _ mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	return mcp.NewToolResultText(strings.Join(notesOf(sessionOf(ctx).owner), "\n")), nil
}

func readNote(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	found, err := sessionOf(ctx).owned("read_note", req.GetString("name", ""))
	if err != nil {
		return nil, err
	}
	text, err := found.read()
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(text), nil
}

func writeNote(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	caller := sessionOf(ctx)
	found, err := caller.owned("write_note", req.GetString("name", ""))
	if err != nil {
		return nil, err
	}
	if err := caller.requireUnprotected("write_note", found.path); err != nil {
		return nil, err
	}
	if err := found.write(req.GetString("text", "")); err != nil {
		return nil, err
	}
	return mcp.NewToolResultText("written"), nil
}

func fetchPage(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	text, err := sessionOf(ctx).fetch(ctx, "fetch_page", req.GetString("url", ""))
	if err != nil {
		return nil, err
	}
	return mcp.NewToolResultText(text), nil
}

func publishNote(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	caller := sessionOf(ctx)
	found, err := caller.owned("publish_note", req.GetString("name", ""))
	if err != nil {
		return nil, err
	}
	text, err := found.read()
	if err != nil {
		return nil, err
	}
	if err := caller.countOutbound("publish_note", int64(len(text))); err != nil {
		return nil, err
	}
	if _, err := caller.post(ctx, "publish_note", req.GetString("url", ""), text); err != nil {
		return nil, err
	}
	return mcp.NewToolResultText("published"), nil
}

func setLimit(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	caller, name, value := sessionOf(ctx), req.GetString("limit", ""), int64(req.GetInt("value", 0))
	field := limits.field(name)
	if field == nil || value <= 0 {
		return mcp.NewToolResultError("no such limit"), nil
	}
	given := sha256.Sum256([]byte(req.GetString("confirmation", "")))
	if subtle.ConstantTimeCompare([]byte(hex.EncodeToString(given[:])), []byte(setting("SHELF_ADMIN_CODE_SHA256", ""))) != 1 {
		securityLog.Error("config_change_denied", "event", "config_change_denied", "setting", name, "caller", caller.caller, "session", caller.id)
		return mcp.NewToolResultError("the confirmation is wrong"), nil
	}
	before := limit(field)
	atomic.StoreInt64(field, value)
	securityLog.Warn("config_change", "event", "config_change", "setting", name, "before", before, "after", value,
		"caller", caller.caller, "session", caller.id)
	return mcp.NewToolResultText("changed"), nil
}
