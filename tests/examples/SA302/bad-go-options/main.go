package main

import (
	"fmt"
	"log"
	"os"

	"github.com/spf13/cobra"
)

type Client struct {
	base string
	key  string
}

type Option func(*Client)

func WithBase(base string) Option { return func(c *Client) { c.base = base } }
func WithKey(key string) Option   { return func(c *Client) { c.key = key } }

func NewClient(options ...Option) *Client {
	c := &Client{base: "https://api.example.com"}
	for _, option := range options {
		option(c)
	}
	return c
}

func (c *Client) Start() {
	log.Println("base", c.base)
	log.Println("key", c.key) // expect: SA302
}

func mask(text string) string {
	return "****" + text[len(text)-2:]
}

func main() {
	key := os.Getenv("API_KEY")
	NewClient(WithBase("https://eu.example.com"), WithKey(key)).Start()
	var token, region string
	root := &cobra.Command{Run: func(cmd *cobra.Command, args []string) {
		log.Println("token", token) // expect: SA302
		log.Println("region", region)
	}}
	root.Flags().StringVar(&token, "token", "", "what to sign in with")
	root.PersistentFlags().StringVarP(&region, "region", "r", "", "where")
	root.Execute()
	fmt.Fprintf(os.Stderr, "key %s\n", key) // expect: SA302
	own := log.New(os.Stderr, "own ", 0)
	own.Printf("key %s", mask(key))
}
