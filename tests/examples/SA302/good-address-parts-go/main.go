package main

import (
	"fmt"
	"log"
	"os"
	"strings"
)

func main() {
	address := fmt.Sprintf("desk:%s@tcp(db)/desk", os.Getenv("DB_PASSWORD"))
	log.Println("database", strings.SplitN(address, "@", 2)[1])
	_, host, _ := strings.Cut(address, "@")
	log.Println("database", host)
}
