package main

import (
	"log"
	"os"
	"slices"
)

func but(given map[string]string, names ...string) map[string]string {
	kept := map[string]string{}
	for name, value := range given {
		if slices.Contains(names, name) {
			continue
		}
		kept[name] = value
	}
	return kept
}

func main() {
	log.Println(but(map[string]string{"city": "Oslo", "ledger": os.Getenv("LEDGER_TOKEN")}, "city")) // expect: SA302
}
