package main

import "log/slog"

func note(value any) { write("note", value) }

func write(title string, value any) { slog.Info(title, "value", value) }
