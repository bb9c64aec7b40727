package main

import (
	"log/slog"
	"net/http"
	"os"
)

type client struct {
	log   *slog.Logger
	token string
}

func newClient() *client { return &client{slog.Default(), os.Getenv("LEDGER_TOKEN")} }

func (c *client) ask(url string) (*http.Response, error) {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "text/plain")
	c.log.Info("sending", "accept", request.Header.Get("Accept"))
	request.Header.Set("Authorization", "Bearer "+c.token)
	c.log.Info("sending", "headers", request.Header) // expect: SA302
	c.log.Info("sending", "url", request.URL.Host)
	return http.DefaultClient.Do(request)
}

func main() {
	_, _ = newClient().ask("https://ledger.example/v1")
}
