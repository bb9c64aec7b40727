module example.test/mini

go 1.24

require (
	github.com/mark3labs/mcp-go v0.42.0
	go.uber.org/zap v1.27.0
	github.com/rs/zerolog v1.33.0
	github.com/sirupsen/logrus v1.9.3
)
