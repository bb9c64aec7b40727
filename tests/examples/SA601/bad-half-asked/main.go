package main

import (
	"net"
	"net/http"
)

// Private addresses are global unicast ones; loopback addresses are not private.
func a(_ http.ResponseWriter, r *http.Request) {
	ip := net.ParseIP(r.FormValue("ip"))
	if !ip.IsGlobalUnicast() {
		return
	}
	_, _ = http.Get("http://" + ip.String() + "/") // expect: SA601
}

func b(_ http.ResponseWriter, r *http.Request) {
	ip := net.ParseIP(r.FormValue("ip"))
	if ip.IsPrivate() || ip.IsLoopback() {
		return
	}
	_, _ = http.Get("http://" + ip.String() + "/") // expect: SA601
}

func main() {
	http.HandleFunc("/a", a)
	http.HandleFunc("/b", b)
	_ = http.ListenAndServe(":8080", nil)
}
