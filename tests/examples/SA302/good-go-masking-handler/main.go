package main

import (
	"context"
	"log/slog"
	"os"
)

type masking struct{ slog.Handler }

func (m masking) Handle(ctx context.Context, record slog.Record) error {
	out := slog.NewRecord(record.Time, record.Level, record.Message, record.PC)
	record.Attrs(func(attr slog.Attr) bool {
		if attr.Key == "ticket" {
			attr.Value = slog.StringValue("***")
		}
		out.AddAttrs(attr)
		return true
	})
	return m.Handler.Handle(ctx, out)
}

func main() {
	log := slog.New(masking{slog.NewJSONHandler(os.Stderr, nil)})
	log.Info("ready", "ticket", os.Getenv("QUEUE_TOKEN"))
}
