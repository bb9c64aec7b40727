package main

import (
	"context"
	"go/parser"
	"go/token"
	"net/http"
	"os"

	"github.com/cavaliergopher/grab/v3"
	"github.com/codeclysm/extract/v3"
)

func keep(_ http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	_, _ = grab.Get(name, "https://files.example.test/a")             // expect: SA603
	_ = extract.Archive(context.Background(), r.Body, name, nil)      // expect: SA603
	_ = os.CopyFS(name, os.DirFS("/srv/seed"))                        // expect: SA603
	_, _ = parser.ParseDir(token.NewFileSet(), r.FormValue("package"), nil, 0) // expect: SA603
}

func main() {
	http.HandleFunc("/keep", keep)
	_ = http.ListenAndServe(":8080", nil)
}
