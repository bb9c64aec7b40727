package main

import (
	"log/slog"
	"os"
)

func main() {
	slog.Info("ready", "password", os.Getenv("STORE_PASSWORD")) // expect: SA302
}
