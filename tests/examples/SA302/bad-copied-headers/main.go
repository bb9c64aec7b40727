package main

import (
	"log"
	"net/http"
	"strings"
)

func lowered(h http.Header) map[string][]string {
	found := map[string][]string{}
	for name, values := range h {
		key := strings.ToLower(name)
		found[key] = append(found[key], values...)
	}
	return found
}

func flat(r *http.Request) map[string]string {
	found := map[string]string{}
	for name, values := range r.Header {
		if len(values) > 0 {
			found[strings.ToLower(name)] = values[0]
		}
	}
	return found
}

func get(h map[string]string, name string) string { return h[strings.ToLower(name)] }

func serve(w http.ResponseWriter, r *http.Request) {
	a := lowered(r.Header)
	log.Println("id", a["x-request-id"])
	log.Println("auth", a["authorization"]) // expect: SA302 HIGH
	f := flat(r)
	log.Println("id", f["x-request-id"])
	log.Println("id", get(f, "X-Request-Id"))
	log.Println("auth", get(f, "Authorization")) // expect: SA302 HIGH
	log.Println("all", f)                        // expect: SA304
	id, ok := f["x-request-id"]
	log.Println("id", id, ok)
	clone := r.Header.Clone()
	log.Println("id", clone.Get("X-Request-Id"))
	copied := make(http.Header)
	for k, v := range r.Header {
		copied[k] = v
	}
	log.Println("id", copied.Get("X-Request-Id"))
	log.Println("all", copied) // expect: SA304
}

func main() {
	http.HandleFunc("/", serve)
	_ = http.ListenAndServe(":8080", nil)
}
