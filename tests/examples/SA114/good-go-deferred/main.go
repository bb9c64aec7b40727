package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"time"

	"github.com/mark3labs/mcp-go/mcp"
	"github.com/mark3labs/mcp-go/server"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

func digest(value any) string {
	text, _ := json.Marshal(value)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

func size(res *mcp.CallToolResult) int {
	text, _ := json.Marshal(res)
	return len(text)
}

func recorded(log *zap.Logger) server.ToolHandlerMiddleware {
	return func(next server.ToolHandlerFunc) server.ToolHandlerFunc {
		return func(ctx context.Context, req mcp.CallToolRequest) (res *mcp.CallToolResult, err error) {
			session := server.ClientSessionFromContext(ctx)
			defer func(start time.Time) {
				log.Info("tool.call", zap.String("tool", req.Params.Name), zap.Bool("failed", err != nil || res.IsError),
					zap.Duration("duration", time.Since(start)), zap.String("caller", digest(session.SessionID())),
					zap.String("args_hash", digest(req.GetArguments())), zap.Int("bytes", size(res)),
					zap.Duration("session_age", age(session)))
			}(time.Now())
			return next(ctx, req)
		}
	}
}

func age(server.ClientSession) time.Duration { return time.Since(started) }

var started = time.Now()

func main() {
	config := zap.NewProductionEncoderConfig()
	log := zap.New(zapcore.NewCore(zapcore.NewJSONEncoder(config), zapcore.Lock(os.Stderr), zap.InfoLevel))
	srv := server.NewMCPServer("mini", "1.0.0", server.WithToolHandlerMiddleware(recorded(log)))
	srv.AddTool(mcp.NewTool("go"), func(context.Context, mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return mcp.NewToolResultText("gone"), nil
	})
	_ = server.ServeStdio(srv)
}
