package main

import (
	"context"
	"database/sql"
	"net"
	"net/http"
	"net/http/httputil"

	"github.com/gocolly/colly/v2"
	"github.com/minio/minio-go/v7"
	"github.com/nats-io/nats.go"
	"github.com/redis/go-redis/v9"
)

func reach(w http.ResponseWriter, r *http.Request) {
	host := r.FormValue("host")
	address, _ := net.ResolveTCPAddr("tcp", host)
	link, _ := net.DialTCP("tcp", nil, address)                             // expect: SA601 HIGH
	bus, _ := nats.Connect(host)                                            // expect: SA601 HIGH
	kept := redis.NewClient(&redis.Options{Addr: host})                     // expect: SA601 HIGH
	store, _ := minio.New(host, &minio.Options{})                           // expect: SA601 HIGH
	base, _ := sql.Open("postgres", "host="+host+" user=app")               // expect: SA601 HIGH
	known, _ := sql.Open("postgres", "host=db.example.com user=app")
	rows, _ := known.Query("select 1 where name = $1", r.FormValue("name"))
	found := redis.NewClient(&redis.Options{Addr: "cache:6379"}).Get(context.Background(), r.FormValue("key"))
	use(link, bus, kept, store, base, rows, found)
}

func crawl(w http.ResponseWriter, r *http.Request) {
	colly.NewCollector(colly.AllowedDomains("example.com")).Visit(r.FormValue("page"))
	colly.NewCollector().Visit(r.FormValue("page")) // expect: SA601 HIGH
}

func pass(w http.ResponseWriter, r *http.Request) {
	target := r.FormValue("target")
	proxy := &httputil.ReverseProxy{Director: func(out *http.Request) {
		out.URL.Scheme = "http"
		out.URL.Host = target
	}}
	proxy.ServeHTTP(w, r) // expect: SA601 HIGH
}

func use(...any) {}

func main() {
	http.HandleFunc("/reach", reach)
	http.HandleFunc("/crawl", crawl)
	http.HandleFunc("/pass", pass)
	_ = http.ListenAndServe(":8080", nil)
}
