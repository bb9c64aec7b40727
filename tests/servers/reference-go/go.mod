module example.org/shelf-mcp

go 1.24

require (
	github.com/golang-jwt/jwt/v5 v5.2.2
	github.com/mark3labs/mcp-go v0.43.2
	github.com/samber/slog-multi v1.4.0
	go.opentelemetry.io/contrib/bridges/otelslog v0.10.0
	go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp v0.11.0
	go.opentelemetry.io/otel/sdk/log v0.11.0
)
