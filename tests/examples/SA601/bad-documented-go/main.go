package main

import (
	"context"
	"net/http"

	"github.com/bitfield/script"
	"github.com/cavaliergopher/grab/v3"
	"github.com/emersion/go-imap/client"
	"github.com/go-resty/resty/v2"
	"github.com/gocolly/colly/v2"
	"github.com/mmcdole/gofeed"
	mcp "github.com/metoro-io/mcp-golang/transport/http"
)

func ask(_ http.ResponseWriter, r *http.Request) {
	url := r.FormValue("url")
	_, _ = grab.Get("/srv/downloads", url)                                        // expect: SA601
	_, _ = gofeed.NewParser().ParseURLWithContext(url, context.Background())      // expect: SA601
	_ = colly.NewCollector().Request("GET", url, nil, nil, nil)                   // expect: SA601
	_, _ = client.DialTLS(url, nil)                                               // expect: SA601
	_ = resty.New().SetProxy(url)                                                 // expect: SA601
	_ = mcp.NewHTTPClientTransport("/mcp").WithBaseURL(url)                       // expect: SA601
	_, _ = script.Get(url).String()                                               // expect: SA601
}

func main() {
	http.HandleFunc("/ask", ask)
	_ = http.ListenAndServe(":8080", nil)
}
