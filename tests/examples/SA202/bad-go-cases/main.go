package main

import (
	"log"
	"net/http"
)

func shown(w http.ResponseWriter, r *http.Request) {
	size := r.URL.Query().Get("size")
	if size == "small" || size == "large" {
		log.Println("size", size)
	}
	switch unit := r.FormValue("unit"); unit {
	case "px", "em":
		log.Println("unit", unit)
	default:
		log.Println("unit", unit) // expect: SA202
	}
	color := r.PathValue("color")
	switch color {
	case "red", "blue":
	default:
		log.Println("color", color) // expect: SA202
		return
	}
	log.Println("color", color)
	log.Println("other", r.URL.Query().Get("other")) // expect: SA202
}

func main() {
	http.HandleFunc("/shown/{color}", shown)
	http.ListenAndServe(":8080", nil)
}
