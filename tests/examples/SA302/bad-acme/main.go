package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"strings"

	"golang.org/x/crypto/acme"
)

const prefix = "/.well-known/acme-challenge/"

type challenges struct {
	tokens map[string]string
}

func (c *challenges) Present(domain, token, keyAuth string) error {
	log.Printf("presenting %s for %s", token, domain)
	c.tokens[token] = keyAuth
	return nil
}

func (c *challenges) CleanUp(domain, token, keyAuth string) error {
	log.Printf("cleaning up challenge token %s", token)
	return nil
}

func (c *challenges) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token := strings.TrimPrefix(r.URL.Path, prefix)
	log.Printf("challenge %q", token)
	fmt.Fprint(w, c.tokens[token])
}

func solve(ctx context.Context, client *acme.Client, chal *acme.Challenge) error {
	log.Printf("challenge token %s", chal.Token)
	path := client.HTTP01ChallengePath(chal.Token)
	log.Printf("path %s", path)
	return nil
}

func session(token string) {
	log.Printf("session %s", token) // expect: SA302
}

func main() {
	c := &challenges{tokens: map[string]string{}}
	http.Handle(prefix, c)
	session("x")
	_ = http.ListenAndServe(":80", nil)
}
