package main

import (
	"log"
	"net/http"
	"strings"
)

func told(w http.ResponseWriter, r *http.Request) {
	user := r.FormValue("user")
	log.Println("user", strings.ReplaceAll(user, "\t", " ")) // expect: SA202
	log.Println("user", strings.Join(strings.Fields(user), " "))
}

func main() {
	http.HandleFunc("/", told)
	_ = http.ListenAndServe(":8080", nil)
}
