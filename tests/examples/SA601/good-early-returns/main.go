// Command shelf asks one of its own instances.
package main

import (
	"errors"
	"io"
	"log"
	"net/http"
	"strings"
)

type options struct {
	base string
}

func resolve(r *http.Request) (options, error) {
	header := strings.TrimSpace(r.Header.Get("X-Instance"))
	if header == "" {
		return options{}, nil
	}
	if header != "https://one.shelf.example" && header != "https://two.shelf.example" {
		return options{}, errors.New("no such instance")
	}
	return options{base: header}, nil
}

func version(w http.ResponseWriter, r *http.Request) {
	chosen, err := resolve(r)
	if err != nil {
		http.Error(w, "bad instance", http.StatusBadRequest)
		return
	}
	answer, err := http.Get(chosen.base + "/api/version")
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
