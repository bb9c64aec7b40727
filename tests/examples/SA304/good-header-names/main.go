package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
)

const tenant = "X-Tenant"

func pick(r *http.Request) error {
	held := strings.TrimSpace(r.Header.Get(tenant))
	if held == "" {
		return errors.New("none")
	}
	return fmt.Errorf("no tenant %s", held)
}

func handle(w http.ResponseWriter, r *http.Request) {
	slog.Info("tenant", "name", r.Header.Get(tenant))
	slog.Info("asked", "name", r.Header.Get(r.URL.Query().Get("name")))
	if err := pick(r); err != nil {
		slog.Error("refused", "error", err)
	}
}

func main() {
	http.HandleFunc("/", handle)
	_ = http.ListenAndServe(":8080", nil)
}
