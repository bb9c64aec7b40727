// Command shelf asks the instance that a header names.
package main

import (
	"errors"
	"io"
	"log"
	"net/http"
	"net/url"
	"strings"
)

type options struct {
	base string
}

// normalise asks for a scheme and a host, whichever host that is.
func normalise(raw string) (string, error) {
	address, err := url.Parse(raw)
	if err != nil {
		return "", err
	}
	if address.Scheme != "http" && address.Scheme != "https" {
		return "", errors.New("scheme must be http or https")
	}
	if address.Host == "" {
		return "", errors.New("missing host")
	}
	if address.User != nil || address.RawQuery != "" || address.Fragment != "" {
		return "", errors.New("neither credentials nor query nor fragment")
	}
	return address.String(), nil
}

func resolve(r *http.Request) (options, error) {
	header := strings.TrimSpace(r.Header.Get("X-Instance"))
	if header == "" {
		return options{}, nil
	}
	base, err := normalise(header)
	if err != nil {
		return options{}, err
	}
	return options{base: base}, nil
}

func version(w http.ResponseWriter, r *http.Request) {
	chosen, err := resolve(r)
	if err != nil {
		http.Error(w, "bad instance", http.StatusBadRequest)
		return
	}
	answer, err := http.Get(chosen.base + "/api/version") // expect: SA601 HIGH
	if err != nil {
		http.Error(w, "no answer", http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	_, _ = io.Copy(w, answer.Body)
}

func main() {
	http.HandleFunc("/version", version)
	log.Fatal(http.ListenAndServe(":8080", nil))
}
