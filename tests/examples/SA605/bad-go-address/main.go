package main

import (
	"database/sql"
	"log"
)

func main() {
	db, err := sql.Open("mysql", "desk:Tq9-mZr2-77x@tcp(mysql.desk.example:3306)/desk") // expect: SA605
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
}
