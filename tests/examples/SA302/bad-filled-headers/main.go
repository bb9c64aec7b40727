package main

import (
	"bytes"
	"log/slog"
	"net/http"
	"os"
)

func ask(log *slog.Logger, user, password string) {
	named, _ := http.NewRequest(http.MethodPost, "https://index.example.com", bytes.NewReader(nil))
	named.SetBasicAuth(user, password)
	log.Info("asking", "headers", named.Header) // expect: SA302

	plain, _ := http.NewRequest(http.MethodPost, "https://index.example.com", bytes.NewReader(nil))
	plain.Header.Set("Accept", "application/json")
	log.Info("asking", "headers", plain.Header)
}

func main() {
	ask(slog.New(slog.NewJSONHandler(os.Stderr, nil)), "index", os.Getenv("INDEX_PASSWORD"))
}
