// Package out keeps things.
package out

import "log/slog"

// Keep writes a value.
func Keep(name string, value any) { slog.Info("kept", name, value) }

// Trail writes values.
func Trail(value any) { keepAll(value) }

func keepAll(values ...any) { slog.Info("all", "values", values) }
