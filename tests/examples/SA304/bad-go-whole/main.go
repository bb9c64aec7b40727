package main

import (
	"log"
	"net/http"
	"net/http/httputil"

	"github.com/kelseyhightower/envconfig"
	"github.com/spf13/viper"
)

type settings struct {
	Port   int    `envconfig:"PORT"`
	APIKey string `envconfig:"API_KEY"`
}

func show(_ http.ResponseWriter, r *http.Request) {
	log.Printf("asked %+v", r) // expect: SA304
	if dump, err := httputil.DumpRequest(r, true); err == nil {
		log.Printf("asked %q", dump) // expect: SA304
	}
	for name, values := range r.Header {
		log.Printf("%s: %v", name, values) // expect: SA304
	}
	for name := range r.Header {
		log.Printf("%q", name)
	}
	log.Printf("asked by %q", r.RemoteAddr)
}

func main() {
	var held settings
	if err := envconfig.Process("app", &held); err != nil {
		log.Fatal(err)
	}
	log.Printf("settings %+v", held) // expect: SA304
	log.Printf("port %d", held.Port)
	log.Println("settings", viper.AllSettings()) // expect: SA304
	http.HandleFunc("/", show)
	_ = http.ListenAndServe(":8080", nil)
}
