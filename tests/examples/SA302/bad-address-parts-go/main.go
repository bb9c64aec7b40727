package main

import (
	"fmt"
	"log"
	"os"
	"strings"
)

func main() {
	address := fmt.Sprintf("desk:%s@tcp(db)/desk", os.Getenv("DB_PASSWORD"))
	log.Println("address", address)                  // expect: SA302
	log.Println("upper", strings.ToUpper(address)) // expect: SA302
}
