package main

import (
	"net/http"
	"os/exec"
	"strings"
)

func convert(w http.ResponseWriter, r *http.Request) {
	words := []string{"convert", "in.png"}
	for _, option := range r.URL.Query()["option"] {
		if option == "-strip" {
			words = append(words, "-quality", "80")
		}
		words = append(words, option)
	}
	exec.Command("sh", "-c", strings.Join(words, " ")).Run() // expect: SA602 HIGH
}

func main() {
	http.HandleFunc("/convert", convert)
	http.ListenAndServe(":8080", nil)
}
