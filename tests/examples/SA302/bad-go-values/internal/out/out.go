// Package out writes records.
package out

import (
	"fmt"
	"log/slog"
	"os"
)

// Logger is what the program hands around.
type Logger struct{ inner *slog.Logger }

// New makes one.
func New() *Logger { return &Logger{inner: slog.New(slog.NewJSONHandler(os.Stderr, nil))} }

// Notef writes a text.
func (l *Logger) Notef(format string, args ...any) { l.write(fmt.Sprintf(format, args...)) }

func (l *Logger) write(text string) { l.inner.Info(text) }

// LogTrail writes a value.
func LogTrail(value any) {
	logAll(value)
}

func logAll(values ...any) { slog.Info("all", "values", values) }
