package main

import (
	"net/http"
	"os/exec"
)

func switched(w http.ResponseWriter, r *http.Request) {
	mode := r.FormValue("mode")
	switch mode {
	case "":
		mode = "none"
	case "quick", "full":
		exec.Command("sh", "-c", "scan --"+mode).Run()
	default:
		exec.Command("sh", "-c", "scan --"+mode).Run() // expect: SA602 HIGH
	}
	exec.Command("sh", "-c", "report --"+r.FormValue("mode")).Run() // expect: SA602 HIGH
}

func refused(w http.ResponseWriter, r *http.Request) {
	branch, level := r.FormValue("branch"), r.FormValue("level")
	switch branch {
	case "main", "next":
	case "old":
		branch = "v1"
	default:
		http.Error(w, "unknown branch", http.StatusBadRequest)
		return
	}
	exec.Command("sh", "-c", "git checkout "+branch).Run()
	switch level {
	case "low":
		return
	}
	exec.Command("sh", "-c", "build "+level).Run() // expect: SA602 MEDIUM
}

func main() {
	http.HandleFunc("/switched", switched)
	http.HandleFunc("/refused", refused)
	http.ListenAndServe(":8080", nil)
}
