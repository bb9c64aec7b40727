package main

import (
	"flag"
	"log"
	"os"
)

var loud = false

func main() {
	flag.BoolVar(&loud, "loud", false, "says more")
	flag.Parse()
	if loud {
		log.Println("token", os.Getenv("LEDGER_TOKEN")) // expect: SA302
	}
}
