package main

import (
	"context"
	"fmt"
	"log"
	"log/slog"
	"os"
	"strings"

	"example.test/maps/internal/out"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
)

type config struct {
	Region string
	Key    string
}

type client struct {
	logger *out.Logger
	sugar  *zap.SugaredLogger
}

func load() (config, error) {
	k, ok := os.LookupEnv("MAPS_SECRET")
	if !ok {
		return config{}, fmt.Errorf("no key")
	}
	return config{Region: "eu", Key: k}, nil
}

func same(x string) string { return x }

func maskSecret(x string) string { return "<" + x + ">" }

func newClient() *client {
	return &client{logger: out.New(), sugar: zap.L().Sugar()}
}

func (c *client) show(k string) {
	c.logger.Notef("key %s", k)
	c.sugar.Infow("key", "x", k)
	c.sugar.Infof("key %v", k)
}

func route(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	a := os.Getenv("MAPS_API_KEY")
	log.Printf("one %s", a) // expect: SA302 HIGH
	log.Println("two", a) // expect: SA302
	log.Print("three " + a) // expect: SA302
	slog.Info("four", "x", a) // expect: SA302
	slog.InfoContext(ctx, "five", slog.String("x", a)) // expect: SA302
	slog.With("x", a).Info("six") // expect: SA302
	slog.Default().LogAttrs(ctx, slog.LevelInfo, "seven", slog.Any("x", a)) // expect: SA302
	zap.L().Info("eight", zap.String("x", a)) // expect: SA302
	logrus.WithField("x", a).Info("ten") // expect: SA302
	logrus.WithFields(logrus.Fields{"x": a}).Warn("eleven") // expect: SA302
	logrus.Infof("twelve %s", a) // expect: SA302
	z := zerolog.New(os.Stderr)
	z.Info().Str("x", a).Msg("thirteen") // expect: SA302
	z.Warn().Msgf("fourteen %s", a) // expect: SA302
	fmt.Fprintf(os.Stderr, "fifteen %s\n", a) // expect: SA302
	fmt.Fprintln(os.Stderr, a) // expect: SA302
	slog.Debug("sixteen", "x", a) // expect: SA302 MEDIUM
	text := fmt.Sprintf("key=%s", a)
	slog.Info(text) // expect: SA302
	m := map[string]string{"x": a}
	slog.Info("seventeen", "m", m) // expect: SA302
	slog.Info(m["x"]) // expect: SA302
	s := []string{a, "b"}
	slog.Info(strings.Join(s, ",")) // expect: SA302
	slog.Info(same(a)) // expect: SA302
	slog.Info(maskSecret(a)) // expect: SA302
	log.Printf("eighteen %q", a) // expect: SA302
	emit := func(v string) { slog.Info("emit", "v", v) }
	emit(a) // expect: SA302
	cfg, err := load()
	if err != nil {
		return nil, err
	}
	slog.Info("nineteen", "cfg", cfg.Key) // expect: SA302
	newClient().show(cfg.Key) // expect: SA302
	out.LogTrail(a) // expect: SA302
	logger := log.New(os.Stderr, "", 0)
	logger.Printf("%s", a) // expect: SA302
	return mcp.NewToolResultText("ok"), nil
}

func main() {
	s := server.NewMCPServer("maps", "1.0.0")
	s.AddTool(mcp.NewTool("route"), route)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}
