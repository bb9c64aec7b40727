package main

import (
	"net/http"
	"net/url"
)

type sender interface {
	Do(*http.Request) (*http.Response, error)
}

type client struct{ sender }

func (c *client) open(address string) {
	parsed, err := url.Parse(address)
	if err != nil {
		return
	}
	request := &http.Request{Method: "GET", URL: parsed}
	c.Do(request) // expect: SA601 HIGH
}

func (c *client) move(host string) {
	request, _ := http.NewRequest("GET", "https://api.example.com/list", nil)
	request.URL.Host = host
	c.Do(request) // expect: SA601 HIGH
}

func (c *client) own() {
	request, _ := http.NewRequest("GET", "https://api.example.com/list", nil)
	request.URL.Host = "eu.example.com"
	c.Do(request)
}

func main() {
	c := &client{http.DefaultClient}
	http.HandleFunc("/open", func(w http.ResponseWriter, r *http.Request) {
		c.open(r.FormValue("address"))
		c.move(r.FormValue("host"))
		c.own()
	})
	http.ListenAndServe(":8080", nil)
}
