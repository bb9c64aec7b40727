package main

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
)

type probe struct{ address string }

func (p *probe) use(address string) { p.address = address }

func host(w http.ResponseWriter, r *http.Request) {
	var text strings.Builder
	text.WriteString("https://")
	fmt.Fprintf(&text, "%s/status", r.FormValue("host"))
	http.Get(text.String()) // expect: SA601 HIGH
}

func query(w http.ResponseWriter, r *http.Request) {
	var text bytes.Buffer
	fmt.Fprintf(&text, "https://search.example.com/find?q=%s", r.FormValue("q"))
	http.Get(text.String())
}

func kept(w http.ResponseWriter, r *http.Request) {
	held := probe{address: "https://status.example.com"}
	held.use(r.FormValue("address"))
	http.Get(held.address) // expect: SA601
}

func main() {
	http.HandleFunc("/host", host)
	http.HandleFunc("/query", query)
	http.HandleFunc("/kept", kept)
	http.ListenAndServe(":8080", nil)
}
