package main

import (
	"net/http"
	"net/url"
)

func asked(r *http.Request) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for _, one := range r.URL.Query()["address"] {
			out <- one
		}
	}()
	return out
}

func fetch(w http.ResponseWriter, r *http.Request) {
	for address := range asked(r) {
		http.Get(address) // expect: SA601 HIGH
	}
}

func resolve(w http.ResponseWriter, r *http.Request) {
	base, _ := url.Parse("https://shelf.example.com")
	given, err := url.Parse(r.FormValue("address"))
	if err != nil {
		return
	}
	http.Get(base.ResolveReference(given).String()) // expect: SA601 HIGH
}

func main() {
	http.HandleFunc("/fetch", fetch)
	http.HandleFunc("/resolve", resolve)
	http.ListenAndServe(":8080", nil)
}
