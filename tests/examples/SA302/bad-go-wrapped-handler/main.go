package main

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"strings"
)

type callerHandler struct{ slog.Handler }

func (h callerHandler) Handle(ctx context.Context, r slog.Record) error { return h.Handler.Handle(ctx, r) }

type named struct{ inner slog.Handler }

func newNamed(h slog.Handler) *named { return &named{inner: h} }

func (h *named) Enabled(ctx context.Context, l slog.Level) bool { return true }
func (h *named) Handle(ctx context.Context, r slog.Record) error { return h.inner.Handle(ctx, r) }
func (h *named) WithAttrs(a []slog.Attr) slog.Handler { return h }
func (h *named) WithGroup(n string) slog.Handler { return h }

func opts() *slog.HandlerOptions {
	return &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			switch strings.ToLower(a.Key) {
			case "authorization", "token", "password":
				return slog.String(a.Key, "[hidden]")
			}
			return a
		},
	}
}

func NewLogger(w io.Writer) *slog.Logger {
	h := slog.NewJSONHandler(w, opts())
	return slog.New(callerHandler{h})
}

func Second(w io.Writer) *slog.Logger {
	return slog.New(newNamed(slog.NewJSONHandler(w, opts())))
}

func main() {
	l := NewLogger(os.Stderr)
	m := Second(os.Stderr)
	http.HandleFunc("/x", func(w http.ResponseWriter, r *http.Request) {
		raw := r.Header.Get("Authorization")
		l.WarnContext(r.Context(), "good", "token", raw)
		l.WarnContext(r.Context(), "bad", "bearer", raw) // expect: SA302
		m.WarnContext(r.Context(), "good", "token", raw)
		m.WarnContext(r.Context(), "bad", "bearer", raw) // expect: SA302
	})
}
