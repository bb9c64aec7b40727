package main

import (
	"net/http"
	"os"
	"os/exec"
	"strings"
)

func run(_ http.ResponseWriter, r *http.Request) {
	text := r.FormValue("text")
	first := exec.Command("sh")
	first.Args = append(first.Args, "-c", text)
	_ = first.Run() // expect: SA602 HIGH

	second := &exec.Cmd{Path: "/bin/sh", Args: []string{"sh", "-c", text}}
	_ = second.Start() // expect: SA602 HIGH

	third := exec.Command("sh")
	third.Stdin = strings.NewReader(text)
	_ = third.Run() // expect: SA602 HIGH

	fourth := &exec.Cmd{Path: text, Args: []string{"tool"}}
	_ = fourth.Start() // expect: SA602 HIGH

	fifth := exec.Command("sort")
	fifth.Stdin = strings.NewReader(text)
	fifth.Env = append(os.Environ(), "TITLE="+text)
	_, _ = fifth.Output()

	sixth := &exec.Cmd{Path: "/usr/bin/wc", Args: []string{"wc", "--", text}}
	_ = sixth.Run()
}

func main() {
	http.HandleFunc("/run", run)
	_ = http.ListenAndServe(":8080", nil)
}
