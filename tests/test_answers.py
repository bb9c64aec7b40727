"""Secrets in what tools answer: whose they are, and which of several results a failure leaves empty."""

from linked import facts_of

from skillaudit.facts import Echo

_GO = """package main

import (
	"context"

	"example.test/ci"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type In struct{}

type Output struct {
	Token        string
	ManageTokens *bool
}

func show(t *ci.Trigger) Output { return Output{Token: t.Token} }

func get(ctx context.Context) (Output, error) {
	t, err := ci.Get(ctx, 1)
	if err != nil {
		return Output{}, err
	}
	return %s, nil
}

func main() {
	s := mcp.NewServer(nil, nil)
	mcp.AddTool(s, &mcp.Tool{Name: "one"}, func(ctx context.Context, r mcp.Call, in In) (any, Output, error) {
		out, err := get(ctx)
		if err != nil {
			return nil, out, err
		}
		return nil, out, nil
	})
}
"""


def echoes_of(made: str) -> list[Echo]:
    return list(facts_of({"go.mod": "module example.test/mini\n", "main.go": _GO % made}).echoes)


def test_beside_an_error_stands_a_zero_value() -> None:
    (echo,) = echoes_of("show(t)")
    assert (echo.location.line, [(flow.name, flow.foreign) for flow in echo.flows]) == (34, [("Token", True)])


def test_a_truth_is_no_credential_whatever_it_is_called() -> None:
    assert echoes_of("Output{ManageTokens: &t.AccessTokens}") == []


def test_what_the_configuration_holds_is_the_servers_own() -> None:
    (echo,) = echoes_of("Output{Token: config.Token}")
    assert [(flow.name, flow.foreign) for flow in echo.flows] == [("Token", False)]
