package main

import (
	"iter"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/google/uuid"
)

var kept = map[string]string{"a": "one", "b": "two"}

func known(r *http.Request) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, name := range r.URL.Query()["name"] {
			if file, ok := kept[name]; ok && !yield(file) {
				return
			}
		}
	}
}

func clean(w http.ResponseWriter, r *http.Request) {
	for name := range known(r) {
		os.Remove("/srv/one/" + name)
	}
	for name := range maps.Keys(kept) {
		os.Remove("/srv/two/" + name)
	}
	for name := range slices.Values([]string{"x", "y"}) {
		os.Remove("/srv/three/" + name)
	}
}

func show(w http.ResponseWriter, r *http.Request) {
	id := r.FormValue("id")
	if _, err := uuid.Parse(id); err != nil {
		http.Error(w, "no such id", http.StatusNotFound)
		return
	}
	http.ServeFile(w, r, filepath.Join("/srv/five", id))
	host := r.FormValue("host")
	if net.ParseIP(host) == nil {
		http.Error(w, "no such host", http.StatusBadRequest)
		return
	}
	exec.Command("sh", "-c", "ping -c 1 "+host).Run()
	number := r.FormValue("number")
	if _, err := strconv.Atoi(number); err != nil {
		http.Error(w, "no such number", http.StatusBadRequest)
		return
	}
	exec.Command("sh", "-c", "kill "+number).Run()
}

func main() {
	http.HandleFunc("/clean", clean)
	http.HandleFunc("/show", show)
	http.ListenAndServe(":8080", nil)
}
