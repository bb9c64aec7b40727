package main

import (
	"log"
	"os"
)

// CANARY
func main() {
	log.Printf("CANARY %s", os.Getenv("SHOP_API_KEY"))
	log.Println(os.Environ(), "CANARY")
}
