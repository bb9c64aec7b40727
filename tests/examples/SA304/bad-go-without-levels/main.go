package main

import (
	"io"
	"log"
	"net/http"
)

func fetch(url string) {
	resp, err := http.Get(url)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	log.Printf("received %s", string(body)) // expect: SA304 MEDIUM
	if resp.StatusCode != http.StatusOK {
		log.Printf("Warning: failed to fetch: %s", string(body)) // expect: SA304 LOW
	}
}

func main() {
	fetch("https://weather.example/now")
}
