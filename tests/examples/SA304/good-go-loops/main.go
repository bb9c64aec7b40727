package main

import (
	"log"
	"net/http"
	"os"
)

func show(w http.ResponseWriter, r *http.Request) {
	for name, values := range r.Header {
		if name == "Authorization" || name == "Cookie" {
			continue
		}
		log.Printf("%q: %q", name, values)
	}
}

func main() {
	settings := map[string]string{"zone": "north", "key": os.Getenv("SHELF_API_KEY")}
	delete(settings, "key")
	for name, value := range settings {
		log.Println(name, value)
	}
	http.HandleFunc("/", show)
	http.ListenAndServe(":8080", nil)
}
