package main

import (
	"net/http"
	"os/exec"
	"strings"
)

var known = map[string]bool{"-strip": true, "-flip": true}

func convert(w http.ResponseWriter, r *http.Request) {
	words := []string{"convert", "in.png"}
	for _, option := range r.URL.Query()["option"] {
		if !known[option] {
			continue
		}
		words = append(words, option)
	}
	exec.Command("sh", "-c", strings.Join(words, " ")).Run()
}

func main() {
	http.HandleFunc("/convert", convert)
	http.ListenAndServe(":8080", nil)
}
