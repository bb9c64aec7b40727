package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"net/http"
	"os"
	"slices"
	"sync/atomic"

	"gopkg.in/yaml.v3"
)

type callerKey struct{}

type numberKey struct{}

type profile struct {
	Name string `json:"name" yaml:"name"`
	Key  string `json:"-" yaml:"-"`
	mark string
}

type refused struct {
	status int
	key    string
}

func (e *refused) Error() string { return fmt.Sprintf("status %d", e.status) }

var current atomic.Pointer[profile]

func withCaller(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := context.WithValue(r.Context(), callerKey{}, r.Header.Get("Authorization"))
		ctx = context.WithValue(ctx, numberKey{}, "request 1")
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func greet(w http.ResponseWriter, r *http.Request) {
	log.Printf("greeting in %v", r.Context().Value(numberKey{}))
}

func ask() error { return &refused{status: 403, key: os.Getenv("MAIL_API_KEY")} }

func main() {
	held := &profile{Name: "mail", Key: os.Getenv("MAIL_API_KEY"), mark: os.Getenv("MAIL_PASSWORD")}
	current.Store(held)
	log.Println("one", current.Load().Name)
	one, _ := json.Marshal(held)
	log.Println("two", string(one))
	two, _ := yaml.Marshal(held)
	log.Println("three", string(two))
	if err := ask(); err != nil {
		log.Println("four", err)
	}
	keys := map[string]string{"mail": os.Getenv("MAIL_API_KEY")}
	log.Println("five", slices.Sorted(maps.Keys(keys)))
	log.Printf("six %x", sha256.Sum256([]byte(os.Getenv("MAIL_API_KEY"))))
	http.ListenAndServe(":8080", withCaller(http.HandlerFunc(greet)))
}
