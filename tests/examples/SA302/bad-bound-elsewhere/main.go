package main

import (
	"context"
	"log/slog"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
)

var token = os.Getenv("SHELF_API_TOKEN")

var shared = slog.Default().With("t", token) // expect: SA302 HIGH
var plain = slog.Default().With("region", "eu")

func made() *slog.Logger { return slog.Default().With("t", token) } // expect: SA302 HIGH

func zapped() *zap.Logger { return zap.L().With(zap.String("t", token)) } // expect: SA302 HIGH

func zero() zerolog.Logger { return zerolog.New(os.Stderr).With().Str("t", token).Logger() } // expect: SA302 HIGH

func entry() *logrus.Entry { return logrus.WithField("t", token) } // expect: SA302 HIGH

func forValue(v string) *slog.Logger { return slog.Default().With("t", v) } // expect: SA302 HIGH

type service struct {
	log   *slog.Logger
	other *slog.Logger
}

func newService() *service {
	return &service{log: slog.Default().With("t", token), other: slog.Default()} // expect: SA302 HIGH
}

func (s *service) work() {
	s.log.Info("work")
	s.other.Info("work")
}

func use(l *slog.Logger) {
	l.Info("used")
}

func run(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	shared.Info("one")
	plain.Info("one")
	made().Info("one")
	zapped().Info("one")
	l := zero()
	l.Info().Msg("one")
	entry().Info("one")
	forValue(token).Info("one")
	forValue("x").Info("one")
	newService().work()
	use(made())
	return mcp.NewToolResultText("gone"), nil
}

func main() {
	s := server.NewMCPServer("mini", "1.0.0")
	s.AddTool(mcp.NewTool("go"), run)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
