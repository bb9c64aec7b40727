package shelf

import (
	"log"
	"log/slog"
	"os"

	"github.com/hashicorp/go-hclog"
	"github.com/rs/zerolog"
	lr "github.com/sirupsen/logrus"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"k8s.io/klog/v2"
	"k8s.io/klog/v2/textlogger"
)

func setUp() {
	// ruleid: go-logger-slog-json, go-logger-slog-default
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level})))
	// ruleid: go-logger-slog-otel
	bridged := otelslog.NewLogger("shelf", otelslog.WithLoggerProvider(provider))
	// ruleid: go-logger-slog-otel
	handled := slog.New(otelslog.NewHandler("shelf"))
	// ok: go-logger-slog-otel
	traced := slog.New(otelslog.NewHandler(inner))
	// ruleid: go-logger-slog-text
	text := slog.New(slog.NewTextHandler(os.Stderr, nil))
	// ruleid: go-logger-slog-pretty
	nice := slog.New(tint.NewHandler(os.Stderr, nil))
	// ok: go-logger-slog-json, go-logger-slog-text, go-logger-slog-default, go-logger-slog-pretty
	own := slog.New(newHandler(os.Stderr))
	// ruleid: go-logger-zap-json
	production, _ := zap.NewProduction()
	// ruleid: go-logger-zap-json
	config := zap.Config{Level: level, Encoding: "json"}
	// ruleid: go-logger-zap-text
	development, _ := zap.NewDevelopment()
	// ruleid: go-logger-zap-text
	core := zapcore.NewCore(zapcore.NewConsoleEncoder(encoder), os.Stderr, level)
	// ok: go-logger-zap-json, go-logger-zap-text
	none := zap.NewNop()
	// ruleid: go-logger-zerolog
	z := zerolog.New(os.Stderr).With().Timestamp().Logger()
	// ruleid: go-logger-zerolog-pretty
	p := zerolog.New(zerolog.ConsoleWriter{Out: os.Stderr})
	// ok: go-logger-zerolog, go-logger-zerolog-pretty
	nop := zerolog.Nop()
	// ruleid: go-logger-logrus
	l := lr.New()
	// ruleid: go-logger-logrus-json
	l.SetFormatter(&lr.JSONFormatter{})
	// ruleid: go-logger-logrus-text
	l.SetFormatter(&lr.TextFormatter{FullTimestamp: true})
	// ok: go-logger-logrus-json, go-logger-logrus-text, go-logger-logrus
	l.SetFormatter(chosen)
	// ruleid: go-logger-std
	log.SetOutput(os.Stderr)
	// ruleid: go-logger-std
	std := log.New(os.Stderr, "shelf ", 0)
	// ok: go-logger-std
	log.Println("ready")
	// ruleid: go-logger-klog
	klog.InitFlags(nil)
	// ruleid: go-logger-klog-set, go-logger-klog
	klog.SetLoggerWithOptions(textlogger.NewLogger(textlogger.NewConfig()))
	// ruleid: go-logger-klog-json
	j := funcr.NewJSON(write, funcr.Options{})
	// ok: go-logger-klog, go-logger-klog-set, go-logger-klog-json
	klog.Flush()
	// ruleid: go-logger-hclog-json
	h := hclog.New(&hclog.LoggerOptions{Name: "shelf", JSONFormat: true})
	// ruleid: go-logger-hclog
	i := hclog.New(&hclog.LoggerOptions{Name: "shelf"})
	// ok: go-logger-hclog, go-logger-hclog-json
	k := hclog.NewNullLogger()
}
