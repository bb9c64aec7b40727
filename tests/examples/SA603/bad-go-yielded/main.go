package main

import (
	"bufio"
	"io"
	"iter"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func asked(r *http.Request) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, name := range r.URL.Query()["name"] {
			if !yield(name) {
				return
			}
		}
	}
}

func numbered(r *http.Request) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for n, name := range r.URL.Query()["name"] {
			if !yield(n, name) {
				return
			}
		}
	}
}

type shelf struct {
	root string
	next *shelf
}

func (s shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := os.ReadFile(filepath.Join(s.root, r.URL.Query().Get("name"))) // expect: SA603 HIGH
	w.Write(body)
}

func clean(w http.ResponseWriter, r *http.Request) {
	for name := range asked(r) {
		os.Remove("/srv/one/" + name) // expect: SA603 HIGH
	}
	for _, name := range numbered(r) {
		os.Remove("/srv/two/" + name) // expect: SA603 HIGH
	}
	for name := range slices.Values(r.URL.Query()["name"]) {
		os.Remove("/srv/three/" + name) // expect: SA603 HIGH
	}
	for name := range strings.SplitSeq(r.FormValue("names"), ",") {
		os.Remove("/srv/four/" + name) // expect: SA603 HIGH
	}
	lines := bufio.NewScanner(r.Body)
	for lines.Scan() {
		os.Remove("/srv/six/" + lines.Text()) // expect: SA603 HIGH
	}
	line, _ := bufio.NewReader(r.Body).ReadString('\n')
	os.Remove(filepath.Join("/srv/seven", line)) // expect: SA603 HIGH
	first, _, _ := strings.Cut(r.FormValue("names"), ",")
	os.Remove("/srv/eight/" + first) // expect: SA603 HIGH
	parts := slices.Concat([]string{"/srv/nine"}, r.URL.Query()["name"])
	os.Remove(filepath.Join(parts...)) // expect: SA603 HIGH
	all := &shelf{root: "/srv/ten", next: &shelf{root: r.FormValue("root")}}
	for one := all; one != nil; one = one.next {
		os.RemoveAll(one.root) // expect: SA603 HIGH
	}
	io.WriteString(w, "done")
}

func main() {
	http.Handle("/shelf", shelf{root: "/srv/shelf"})
	http.HandleFunc("/clean", clean)
	http.ListenAndServe(":8080", nil)
}
