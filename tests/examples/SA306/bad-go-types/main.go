package main

import (
	"errors"
	"fmt"
	"os"
)

type refused struct{ token string }

func (r *refused) Error() string { return "refused " + r.token }

type quiet struct{ token string }

func (q *quiet) Error() string { return "refused" }

func check(token string) error {
	if len(token) < 20 {
		return &refused{token: token} // expect: SA306
	}
	if len(token) > 200 {
		return &refused{token} // expect: SA306
	}
	return &quiet{token: token}
}

func connect() error {
	key := os.Getenv("API_KEY")
	return errors.Join(errors.New("not connected"), fmt.Errorf("key %s was refused", key)) // expect: SA306
}

func main() {
	fmt.Println(check(os.Getenv("API_TOKEN")) == nil, connect() == nil)
}
