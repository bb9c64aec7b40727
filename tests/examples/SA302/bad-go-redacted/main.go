package main

import (
	"log/slog"
	"net/http"
	"os"
)

type account struct {
	Name   string
	Secret string
}

func (a account) LogValue() slog.Value {
	return slog.GroupValue(slog.String("name", a.Name), slog.String("secret", a.Secret))
}

func hide(_ []string, attribute slog.Attr) slog.Attr {
	switch attribute.Key {
	case "password":
		return slog.Attr{}
	}
	return attribute
}

func login(_ http.ResponseWriter, r *http.Request) {
	plain := slog.New(slog.NewJSONHandler(os.Stderr, nil))
	plain.Info("login", "password", r.FormValue("password"))      // expect: SA302
	slog.Info("login", "password", r.FormValue("password"))
	slog.Info("login", "given", r.FormValue("password"))          // expect: SA302
	slog.Info("login with " + r.FormValue("password"))            // expect: SA302
	slog.Info("login", "of", account{"a", r.FormValue("secret")}) // expect: SA302
}

func main() {
	handler := slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{ReplaceAttr: hide})
	slog.SetDefault(slog.New(handler))
	http.HandleFunc("/login", login)
	_ = http.ListenAndServe(":8080", nil)
}
