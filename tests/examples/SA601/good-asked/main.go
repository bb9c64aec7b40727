package main

import (
	"net"
	"net/http"
)

func a(_ http.ResponseWriter, r *http.Request) {
	ip := net.ParseIP(r.FormValue("ip"))
	if ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() {
		return
	}
	_, _ = http.Get("http://" + ip.String() + "/")
}

func public(ip net.IP) bool {
	return ip.IsGlobalUnicast() && !ip.IsPrivate()
}

func b(_ http.ResponseWriter, r *http.Request) {
	ip := net.ParseIP(r.FormValue("ip"))
	if !public(ip) {
		return
	}
	_, _ = http.Get("http://" + ip.String() + "/")
}

func main() {
	http.HandleFunc("/a", a)
	http.HandleFunc("/b", b)
	_ = http.ListenAndServe(":8080", nil)
}
