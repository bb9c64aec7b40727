"""Units of systemd that throw one of the two streams away."""

import pytest
from audits import audit_tree

_MAIN = """package main

import (
	"context"
	"net/http"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"go.uber.org/zap"
)

func main() {
	logger, _ := zap.NewProduction()
	server := mcp.NewServer(&mcp.Implementation{Name: "vault"}, nil)
	mcp.AddTool(server, &mcp.Tool{Name: "read_note"},
		func(context.Context, *mcp.CallToolRequest, struct{}) (*mcp.CallToolResult, any, error) {
			logger.Info("note_read")
			return nil, nil, nil
		})
	handler := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, nil)
	_ = http.ListenAndServe(":8080", handler)
}
"""
_UNIT = "[Service]\nExecStart=/usr/local/bin/vault\nStandardOutput=null\n"


@pytest.mark.parametrize(
    ("errors", "told"),
    [("", "SA406"), ("StandardError=inherit\n", "SA406"), ("StandardError=journal\n", "SA401")],
)
def test_zap_writes_to_standard_error_which_goes_with_the_output_unless_it_is_sent_elsewhere(
    errors: str, told: str
) -> None:
    files = {
        "go.mod": "module example.org/vault\n\ngo 1.24\n",
        "main.go": _MAIN,
        "deploy/vault.service": _UNIT + errors,
    }
    found = {one.check.id for one in audit_tree(files).findings}
    assert found & {"SA401", "SA406"} == {told}
