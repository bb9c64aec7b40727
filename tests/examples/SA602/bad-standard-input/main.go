package main

import (
	"net/http"
	"os/exec"
	"strings"
)

func script(w http.ResponseWriter, r *http.Request) {
	shell := exec.CommandContext(r.Context(), "bash")
	shell.Stdin = strings.NewReader(r.FormValue("script"))
	shell.Run() // expect: SA602 HIGH
	sorter := exec.CommandContext(r.Context(), "sort")
	sorter.Stdin = strings.NewReader(r.FormValue("lines"))
	sorter.Run()
}

func main() {
	http.HandleFunc("/script", script)
	http.ListenAndServe(":8080", nil)
}
