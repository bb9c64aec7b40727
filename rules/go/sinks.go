package shelf

import (
	"log/syslog"

	"cloud.google.com/go/logging"
	"github.com/Azure/azure-sdk-for-go/sdk/monitor/ingestion/azlogs"
	"github.com/getsentry/sentry-go"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploggrpc"
	logs "go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"gopkg.in/natefinch/lumberjack.v2"
)

func forward(ctx context.Context) {
	// ruleid: go-sink-otlp
	first, _ := logs.New(ctx, logs.WithEndpointURL(address))
	// ruleid: go-sink-otlp
	second, _ := otlploggrpc.New(ctx)
	// ok: go-sink-otlp
	spans, _ := otlptracegrpc.New(ctx)
	// ruleid: go-sink-syslog
	local, _ := syslog.New(syslog.LOG_INFO, "shelf")
	// ruleid: go-sink-syslog
	remote, _ := syslog.Dial("udp", address, syslog.LOG_INFO, "shelf")
	// ok: go-sink-syslog
	level := syslog.LOG_INFO
	// ruleid: go-sink-file
	slog.New(slog.NewJSONHandler(&lumberjack.Logger{Filename: name}, nil))
	// ok: go-sink-file
	data, _ := os.OpenFile(name, os.O_APPEND, 0o600)
	// ruleid: go-sink-aws
	_, _ = cloudwatch.PutLogEvents(ctx, &cloudwatchlogs.PutLogEventsInput{})
	// ok: go-sink-aws
	_, _ = cloudwatch.GetLogEvents(ctx, input)
	// ruleid: go-sink-google
	google, _ := logging.NewClient(ctx, project)
	// ok: go-sink-google
	storage, _ := storage.NewClient(ctx)
	// ruleid: go-sink-azure
	azure, _ := azlogs.NewClient(endpoint, credential, nil)
	// ok: go-sink-azure
	query, _ := query.NewClient(credential, nil)
	// ruleid: go-sink-datadog
	_, _, _ = api.SubmitLog(ctx, items)
	// ok: go-sink-datadog
	_, _, _ = api.ListLogs(ctx)
	// ruleid: go-sink-service
	handler := slogloki.Option{Level: level, Client: client}.NewLokiHandler()
	// ruleid: go-sink-service
	writer, _ := gelf.NewUDPWriter(address)
	// ok: go-sink-service
	other, _ := vault.NewClient(config)
	// ruleid: go-sink-sentry
	_ = sentry.Init(sentry.ClientOptions{Dsn: dsn})
	// ruleid: go-sink-sentry-logs
	_ = sentry.Init(sentry.ClientOptions{Dsn: dsn, EnableLogs: true})
	// ok: go-sink-sentry, go-sink-sentry-logs
	sentry.Flush(2)
	// ruleid: go-sink-console
	both := io.MultiWriter(file, os.Stderr)
	// ok: go-sink-console
	files := io.MultiWriter(file, other)
	// ruleid: go-sink-dialled
	socket, failure := net.Dial("tcp", "logs.example.com:5170")
	if failure != nil {
		return
	}
	slog.SetDefault(slog.New(slog.NewJSONHandler(socket, nil)))
	// ok: go-sink-dialled
	database, failed := net.Dial("tcp", "db.example.com:5432")
	if failed != nil {
		return
	}
	_ = smtp.NewClient(database, "x")
	// ruleid: go-sink-dialled-tls
	encrypted, refused := tls.Dial("tcp", "logs.example.com:6514", nil)
	if refused != nil {
		return
	}
	log.SetOutput(encrypted)
}
