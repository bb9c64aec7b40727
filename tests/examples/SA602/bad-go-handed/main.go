package main

import (
	"context"
	"net/http"
	"os/exec"

	"golang.org/x/crypto/ssh"
)

func run(ctx context.Context, program string, words ...string) ([]byte, error) {
	return exec.CommandContext(ctx, program, words...).Output() // expect: SA602 HIGH
}

func quiet(program string, words ...string) error {
	return exec.Command(program, words...).Run()
}

func start(w http.ResponseWriter, r *http.Request) {
	out, err := run(r.Context(), "sh", "-c", r.FormValue("script"))
	if err == nil {
		_, _ = w.Write(out)
	}
	_ = quiet("df", "-h", "--", r.FormValue("mount"))
}

func found(_ http.ResponseWriter, r *http.Request) {
	program, err := exec.LookPath(r.FormValue("program"))
	if err != nil {
		return
	}
	_ = exec.Command(program).Run() // expect: SA602 HIGH
}

type remote struct{ session *ssh.Session }

func (h *remote) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	_ = h.session.Run("du " + r.FormValue("folder")) // expect: SA602 HIGH
}

func main() {
	http.HandleFunc("/start", start)
	http.HandleFunc("/found", found)
	http.Handle("/remote", &remote{})
	_ = http.ListenAndServe(":8080", nil)
}
