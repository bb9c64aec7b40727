package main

import (
	"log/slog"
	"os"
)

func redact(_ []string, a slog.Attr) slog.Attr {
	if a.Key == "token" {
		_ = slog.String(a.Key, "***")
	}
	return a
}

func main() {
	logger := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{ReplaceAttr: redact}))
	logger.Info("boot", "token", os.Getenv("API_TOKEN")) // expect: SA302
}
