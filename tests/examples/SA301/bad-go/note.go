package main

import "log/slog"

func logNote(value any) { writeLog("note", value) }

func writeLog(title string, value any) { slog.Info(title, "value", value) }
