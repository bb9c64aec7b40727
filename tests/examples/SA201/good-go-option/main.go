package main

import (
	"context"
	"os"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"github.com/spf13/viper"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

type settings struct {
	Encoding string `mapstructure:"encoding"`
}

func encoder(kind string) zapcore.Encoder {
	config := zap.NewProductionEncoderConfig()
	if kind == "console" {
		return zapcore.NewConsoleEncoder(config)
	}
	return zapcore.NewJSONEncoder(config)
}

func main() {
	var s settings
	_ = viper.Unmarshal(&s)
	log := zap.New(zapcore.NewCore(encoder(s.Encoding), zapcore.Lock(os.Stderr), zap.InfoLevel))
	srv := server.NewMCPServer("mini", "1.0.0")
	srv.AddTool(mcp.NewTool("go"), func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		log.Info("called", zap.String("event", "tool.call"), zap.String("tool", "go"))
		return mcp.NewToolResultText("gone"), nil
	})
	_ = server.ServeStdio(srv)
}
