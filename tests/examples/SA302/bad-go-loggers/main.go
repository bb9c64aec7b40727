package main

import (
	"context"
	"fmt"
	"io"
	stdlog "log"
	"log/slog"
	"os"

	"example.test/desk/internal/logx"
	"github.com/go-logr/logr"
	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/rs/zerolog"
	zlog "github.com/rs/zerolog/log"
	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
	"k8s.io/klog/v2"
	ctrl "sigs.k8s.io/controller-runtime/pkg/log"
)

type Service struct {
	logger *slog.Logger
	out    logx.Logger
	zl     *zap.Logger
	sugar  *zap.SugaredLogger
	logf   func(string, ...any)
	w      io.Writer
	stdlog.Logger
	zerolog zerolog.Logger
}

type Option func(*Service)

func WithLogger(l *slog.Logger) Option { return func(s *Service) { s.logger = l } }
func WithLogf(f func(string, ...any)) Option {
	return func(s *Service) { s.logf = f }
}

func NewService(opts ...Option) *Service {
	s := &Service{logger: slog.Default(), logf: stdlog.Printf, w: os.Stderr, out: logx.NewAdapter()}
	for _, o := range opts {
		o(s)
	}
	s.sugar = s.zl.Sugar().With("a", 1).Named("x")
	return s
}

func (s *Service) record(ctx context.Context, v string) {
	s.logger.InfoContext(ctx, "m", "v", v)
}

func (s *Service) run(ctx context.Context, v string) {
	_ = os.Remove("x")
	s.logger.Info("m", "v", v) // expect: SA302
	s.logger.With("a", 1).WithGroup("g").Info("m", slog.String("v", v)) // expect: SA302
	s.out.Info("m", v) // expect: SA302
	s.out.Debugf("m %s", v) // expect: SA302
	s.zl.Info("m", zap.String("v", v)) // expect: SA302
	s.zl.With(zap.String("v", v)).Info("m") // expect: SA302
	s.sugar.Infow("m", "v", v) // expect: SA302
	s.sugar.Infof("m %s", v) // expect: SA302
	s.logf("m %s", v) // expect: SA302
	fmt.Fprintf(s.w, "m %s", v) // expect: SA302
	s.Printf("m %s", v) // expect: SA302
	s.zerolog.Info().Str("v", v).Msg("m") // expect: SA302
	s.record(ctx, v) // expect: SA302
}

func logThrough(f func(string, ...any), v string) {
	f("m %s", v)
}

func open(ctx context.Context, req mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	v := os.Getenv("DESK_API_KEY")
	logx.For("x").Info("m", "v", v) // expect: SA302
	logx.From(ctx).Info("m", "v", v) // expect: SA302
	logx.Make("x")("m", v) // expect: SA302
	say := logx.Make("x")
	say("m", v) // expect: SA302
	logx.Infof("m %s", v) // expect: SA302
	logx.New().With("v", v).Send("m")
	logx.Zlog(ctx).Info().Str("v", v).Msg("m") // expect: SA302
	logx.Logr(ctx).Info("m", "v", v) // expect: SA302
	logx.Rus(ctx).WithField("v", v).Info("m") // expect: SA302
	logx.Rus(ctx).WithFields(logrus.Fields{"v": v}).Warn("m") // expect: SA302
	logx.Sugar.Infow("m", "v", v) // expect: SA302
	zerolog.Ctx(ctx).Warn().Interface("v", v).Msg("m") // expect: SA302
	zlog.Ctx(ctx).Warn().Any("v", v).Send() // expect: SA302
	zlog.Info().Msgf("m %s", v) // expect: SA302
	zz := zerolog.New(os.Stderr).With().Str("v", v).Logger()
	zz.Info().Msg("m") // expect: SA302
	sub := zlog.With().Str("a", "b").Logger()
	sub.Info().Str("v", v).Msg("m") // expect: SA302
	e := zlog.Error()
	e = e.Str("v", v)
	e.Msg("m") // expect: SA302
	zlog.Info().Dict("d", zerolog.Dict().Str("v", v)).Msg("m") // expect: SA302
	zlog.Info().Fields(map[string]any{"v": v}).Msg("m") // expect: SA302
	ll := logr.FromContextOrDiscard(ctx).WithValues("v", v)
	ll.Info("m") // expect: SA302
	logger, _ := logr.FromContext(ctx)
	logger.V(1).Info("m", "v", v) // expect: SA302
	ctrl.FromContext(ctx).Info("m", "v", v) // expect: SA302
	ctrl.Log.WithName("x").Info("m", "v", v) // expect: SA302
	klog.FromContext(ctx).Info("m", "v", v) // expect: SA302
	klog.InfoS("m", "v", v) // expect: SA302
	klog.V(2).Infof("m %s", v) // expect: SA302
	zap.L().Info("m", zap.Any("v", v)) // expect: SA302
	zap.S().Infof("m %s", v) // expect: SA302
	zap.L().With(zap.String("v", v)).Sugar().Info("m") // expect: SA302
	slog.With("v", v).Info("m") // expect: SA302
	slog.Default().LogAttrs(ctx, slog.LevelInfo, "m", slog.Group("g", slog.String("v", v))) // expect: SA302
	child := slog.With("v", v)
	child.Info("m") // expect: SA302
	attrs := []any{"a", 1}
	attrs = append(attrs, "v", v)
	slog.Info("m", attrs...) // expect: SA302
	as := []slog.Attr{slog.String("v", v)}
	slog.LogAttrs(ctx, slog.LevelInfo, "m", as...) // expect: SA302
	stdlog.New(os.Stderr, "x", 0).Println("m", v) // expect: SA302
	stdlog.Default().Printf("%s", v) // expect: SA302
	logrus.WithContext(ctx).WithField("v", v).Info("m") // expect: SA302
	logrus.StandardLogger().Infof("m %s", v) // expect: SA302
	entry := logrus.WithFields(logrus.Fields{"a": 1})
	entry = entry.WithField("v", v)
	entry.Info("m") // expect: SA302
	printer := fmt.Fprintln
	printer(os.Stderr, v) // expect: SA302
	logThrough(stdlog.Printf, v) // expect: SA302
	info := slog.Default().Info
	info("m", "v", v) // expect: SA302
	defer func(k string) { slog.Info("m", "k", k) }(v) // expect: SA302
	go func() { slog.Info("m", "v", v) }() // expect: SA302
	fmt.Fprint(io.MultiWriter(os.Stderr, io.Discard), v) // expect: SA302
	func() {
		w := io.Writer(os.Stderr)
		_, _ = io.WriteString(w, v) // expect: SA302
	}()
	os.Stderr.WriteString("m" + v) // expect: SA302
	os.Stderr.Write([]byte(v)) // expect: SA302
	NewService(WithLogger(logx.For("y")), WithLogf(logx.Infof)).run(ctx, v)
	return mcp.NewToolResultText("ok"), nil
}

func main() {
	s := server.NewMCPServer("desk", "1.0.0")
	s.AddTool(mcp.NewTool("open"), open)
	_ = server.NewStreamableHTTPServer(s).Start(":8080")
}

type Query string
type Hidden string

func (h Hidden) String() string { return "***" }

func named(v string) {
	_ = os.Remove("x")
	slog.Info("m", "v", Query(v)) // expect: SA302
	slog.Info("m", "v", Hidden(v))
	slog.Info("m", "v", string([]byte(v))) // expect: SA302
}

func init() { named(os.Getenv("DESK_API_KEY")) }
