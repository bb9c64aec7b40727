package main

import (
	"log"
	"net/url"
	"os"
)

func main() {
	address, err := url.Parse(os.Getenv("DATABASE_URL"))
	if err != nil {
		return
	}
	if address.User != nil {
		address.User = url.UserPassword("app", "***")
	}
	log.Println("connects to", address.String())
}
