package main

import (
	"log"
	"os"
	"strings"
)

func environment() map[string]string {
	found := map[string]string{}
	for _, pair := range os.Environ() {
		name, value, _ := strings.Cut(pair, "=")
		found[name] = value
	}
	return found
}

func split() map[string]string {
	found := map[string]string{}
	for _, pair := range os.Environ() {
		parts := strings.SplitN(pair, "=", 2)
		found[parts[0]] = parts[1]
	}
	return found
}

type config struct {
	env    map[string]string
	region string
}

func load(env map[string]string) config {
	return config{env: env, region: env["REGION"]}
}

func lookup(env []string, name string) string {
	for _, pair := range env {
		if strings.HasPrefix(pair, name+"=") {
			return strings.TrimPrefix(pair, name+"=")
		}
	}
	return ""
}

func main() {
	env := environment()
	log.Println("region", env["REGION"])
	c := load(env)
	log.Println("region", c.region)
	log.Println("region", c.env["REGION"])
	log.Println("key", env["SHELF_API_KEY"]) // expect: SA302 HIGH
	log.Println("region", split()["REGION"])
	log.Println("all", split()) // expect: SA301 HIGH
	log.Println("region", lookup(os.Environ(), "REGION"))
	log.Println("key", lookup(os.Environ(), "SHELF_API_KEY")) // expect: SA302 HIGH
}
