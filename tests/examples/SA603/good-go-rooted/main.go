package main

import (
	"net/http"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

const root = "/srv/pages"

func page(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	held, err := os.ReadFile(filepath.Join(root, filepath.Clean("/"+name)))
	if err != nil {
		held, _ = os.ReadFile(root + path.Clean("/"+name))
	}
	_, _ = w.Write(held)
}

func plain(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if strings.Contains(name, "..") || strings.ContainsAny(name, "/\\") {
		http.Error(w, "a name is expected", http.StatusBadRequest)
		return
	}
	held, _ := os.ReadFile(filepath.Join(root, name))
	_, _ = w.Write(held)
}

func below(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if strings.Contains(name, "..") {
		return
	}
	held, _ := os.ReadFile(filepath.Join(root, name))
	_, _ = w.Write(held)
}

func dated(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	fits, err := regexp.MatchString(`^[0-9]{4}-[0-9]{2}$`, name)
	if err != nil || !fits {
		return
	}
	held, _ := os.ReadFile(filepath.Join(root, name))
	_, _ = w.Write(held)
}

func main() {
	http.HandleFunc("/dated", dated)
	http.HandleFunc("/page", page)
	http.HandleFunc("/plain", plain)
	http.HandleFunc("/below", below)
	_ = http.ListenAndServe(":8080", nil)
}
