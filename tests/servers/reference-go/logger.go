package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"os"

	slogmulti "github.com/samber/slog-multi"
	"go.opentelemetry.io/contrib/bridges/otelslog"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp"
	sdklog "go.opentelemetry.io/otel/sdk/log"
)

// securityLog writes one JSON object a line on stderr; with --http the records leave the host as well.
var securityLog = slog.New(slog.NewJSONHandler(os.Stderr, nil))

// configureLogging adds the collector to stderr. It answers OTEL_EXPORTER_OTLP_ENDPOINT; the server can add records there and nothing else.
func configureLogging(ctx context.Context) func() {
	exporter, err := otlploghttp.New(ctx)
	if err != nil {
		securityLog.Error("no collector", "event", "log_export_failed", "error", err.Error())
		return func() {}
	}
	provider := sdklog.NewLoggerProvider(sdklog.WithProcessor(sdklog.NewBatchProcessor(exporter)))
	securityLog = slog.New(slogmulti.Fanout(
		slog.NewJSONHandler(os.Stderr, nil),
		otelslog.NewHandler("shelf", otelslog.WithLoggerProvider(provider)),
	))
	return func() { _ = provider.Shutdown(ctx) }
}

// digest is a short SHA-256: enough to correlate records, nothing to read back.
func digest(value any) string {
	text, _ := json.Marshal(value)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}
