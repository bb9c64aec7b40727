package main

import (
	"fmt"
	"net/http"
	"os"
)

func check(_ http.ResponseWriter, r *http.Request) {
	given := r.Header.Get("Authorization")
	if given == "" {
		panic("no authorization was given")
	}
	if given != os.Getenv("SERVICE_TOKEN") {
		panic(fmt.Sprintf("%s is not the token of this service", given)) // expect: SA306
	}
}

func open() {
	password := os.Getenv("STORE_PASSWORD")
	if len(password) < 8 {
		panic("too short: " + password) // expect: SA306
	}
}

func main() {
	open()
	http.HandleFunc("/", check)
	if err := http.ListenAndServe(":8080", nil); err != nil {
		panic(err)
	}
}
