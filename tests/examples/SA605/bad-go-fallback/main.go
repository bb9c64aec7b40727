package main

import (
	"net/http"
	"os"
)

func getEnvOr(name, fallback string) string {
	if value, ok := os.LookupEnv(name); ok {
		return value
	}
	return fallback
}

func main() {
	secret := getEnvOr("SESSION_SECRET", "q7Lm2xVt9Zr4Kc1B") // expect: SA605
	other := getEnvOr("DB_PASSWORD", "changeme")
	name := getEnvOr("SESSION_NAME", "q7Lm2xVt9Zr4Kc1B")
	http.ListenAndServe(getEnvOr("ADDR", ":8080"), shelf(secret+other+name))
}

type shelf string

func (s shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) { w.WriteHeader(len(s)) }
