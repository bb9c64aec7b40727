package main

import (
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"

	"github.com/go-resty/resty/v2"
	"github.com/gorilla/websocket"
	"github.com/hashicorp/go-retryablehttp"
	"github.com/valyala/fasthttp"
	"google.golang.org/grpc"
)

func fetch(_ http.ResponseWriter, r *http.Request) {
	target := r.FormValue("target")
	_, _ = resty.New().R().SetHeader("Accept", "text/plain").Get(target)   // expect: SA601 HIGH
	_, _ = resty.New().SetTimeout(1).R().Execute("GET", target)            // expect: SA601 HIGH
	_, _ = retryablehttp.NewClient().Get(target)                           // expect: SA601 HIGH
	_, _ = new(http.Client).Get(target)                                    // expect: SA601 HIGH
	_, _ = (&net.Dialer{}).Dial("tcp", net.JoinHostPort(target, "80"))     // expect: SA601 HIGH
	_, _, _ = websocket.DefaultDialer.DialContext(r.Context(), target, nil) // expect: SA601 HIGH
	_, _ = grpc.NewClient(target)                                          // expect: SA601 HIGH
	request := fasthttp.AcquireRequest()
	request.SetRequestURI(target) // expect: SA601 HIGH
	_ = fasthttp.Do(request, nil)
	_, _ = resty.New().R().SetQueryParam("name", target).Get("https://records.example.com/names")
}

func forward(w http.ResponseWriter, r *http.Request) {
	backend, err := url.Parse(r.Header.Get("X-Backend"))
	if err != nil {
		return
	}
	httputil.NewSingleHostReverseProxy(backend).ServeHTTP(w, r) // expect: SA601 HIGH
}

func main() {
	http.HandleFunc("/fetch", fetch)
	http.HandleFunc("/forward", forward)
	_ = http.ListenAndServe(":8080", nil)
}
