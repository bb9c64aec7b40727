package main

import (
	"log/slog"
	"net/http"
	"os"
	"strings"
)

var hidden = map[string]bool{"password": true, "authorization": true}

func hide(_ []string, attribute slog.Attr) slog.Attr {
	if hidden[strings.ToLower(attribute.Key)] {
		return slog.String(attribute.Key, "[REDACTED]")
	}
	return attribute
}

func login(_ http.ResponseWriter, r *http.Request) {
	slog.Info("login", "password", r.FormValue("password"))
	slog.Info("login", slog.String("authorization", r.Header.Get("Authorization")))
	slog.With("password", r.FormValue("password")).Info("login")
}

func main() {
	handler := slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{ReplaceAttr: hide})
	slog.SetDefault(slog.New(handler))
	http.HandleFunc("/login", login)
	_ = http.ListenAndServe(":8080", nil)
}
