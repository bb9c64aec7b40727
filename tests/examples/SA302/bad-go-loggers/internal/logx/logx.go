package logx

import (
	"context"
	"log"
	"log/slog"
	"os"

	"github.com/go-logr/logr"
	"github.com/rs/zerolog"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
)

type Logger interface {
	Info(msg string, args ...any)
	Debugf(format string, args ...any)
}

type key struct{}

var std = slog.New(slog.NewJSONHandler(os.Stderr, nil))
var Sugar *zap.SugaredLogger

func init() {
	l, _ := zap.NewProduction()
	Sugar = l.Sugar()
}

func For(name string) *slog.Logger { return std.With("module", name) }

func Into(ctx context.Context, l *slog.Logger) context.Context { return context.WithValue(ctx, key{}, l) }

func From(ctx context.Context) *slog.Logger {
	if l, ok := ctx.Value(key{}).(*slog.Logger); ok {
		return l
	}
	return std
}

func Make(scope string) func(msg string, value any) {
	return func(msg string, value any) { std.Info(msg, "scope", scope, "value", value) }
}

type adapter struct{ inner *slog.Logger }

func NewAdapter() Logger { return &adapter{inner: std} }

func (a *adapter) Info(msg string, args ...any)         { a.inner.Info(msg, args...) }
func (a *adapter) Debugf(format string, args ...any)    { a.inner.Debug(format, args...) }

var Infof = log.Printf

type Entry struct{ fields map[string]any }

func (e *Entry) With(k string, v any) *Entry { e.fields[k] = v; return e }
func (e *Entry) Send(msg string)             {
	std.Info(msg, "fields", e.fields) // expect: SA302
}
func New() *Entry                            { return &Entry{fields: map[string]any{}} }

func Zlog(ctx context.Context) *zerolog.Logger { return zerolog.Ctx(ctx) }
func Logr(ctx context.Context) logr.Logger     { return logr.FromContextOrDiscard(ctx) }
func Rus(ctx context.Context) *logrus.Entry    { return logrus.WithContext(ctx) }
