package main

import (
	"log"
	"os"
)

type shelf struct{ held map[string]string }

func (s *shelf) put(name, value string)  { s.held[name] = value }
func (s *shelf) take(name string) string { return s.held[name] }

func main() {
	s := &shelf{held: map[string]string{}}
	s.put("city", "Oslo")
	s.put("ledger", os.Getenv("LEDGER_TOKEN"))
	log.Println("started", s.take("city"))
	log.Println("started", s.take("ledger")) // expect: SA302
}
