package main

import (
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
)

var hosts = strings.Fields(os.Getenv("HOSTS"))

func fetch(w http.ResponseWriter, r *http.Request) {
	address, err := url.Parse(r.URL.Query().Get("address"))
	if err != nil || (len(hosts) > 0 && !slices.Contains(hosts, address.Hostname())) {
		http.Error(w, "no", http.StatusBadRequest)
		return
	}
	answer, err := http.Get(address.String()) // expect: SA601 MEDIUM
	if err == nil {
		answer.Body.Close()
	}
}

func main() {
	http.HandleFunc("/fetch", fetch)
	http.ListenAndServe(":8080", nil)
}
