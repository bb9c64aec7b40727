package main

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"
)

var allowedHosts = strings.Split(strings.ToLower(setting("SHELF_ALLOWED_HOSTS", "")), ",")

// client connects to public addresses only, checked where the connection is made, and follows no redirect.
var client = &http.Client{
	Timeout: 10 * time.Second,
	Transport: &http.Transport{DialContext: (&net.Dialer{Control: func(_, address string, _ syscall.RawConn) error {
		host, _, err := net.SplitHostPort(address)
		ip := net.ParseIP(host)
		if err != nil || ip == nil || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsUnspecified() || ip.IsMulticast() {
			return errors.New("this address is not public")
		}
		return nil
	}}).DialContext},
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// approved parses the address of an allowed host; any other is refused, and recorded.
func (s *session) approved(tool, address string) (*url.URL, error) {
	target, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("the address is wrong")
	}
	if target.Scheme != "https" || target.Port() != "" || !slices.Contains(allowedHosts, strings.ToLower(target.Hostname())) {
		securityLog.Warn("host_refused", "event", "host_refused", "reason", "allow_list", "tool", tool, "resource", digest(address),
			"caller", s.caller, "session", s.id, "failures", s.failures, "session_age_ms", s.age())
		return nil, errors.New("this host is not on the list")
	}
	return target, nil
}

func (s *session) fetch(ctx context.Context, tool, address string) (string, error) {
	target, err := s.approved(tool, address)
	if err != nil {
		return "", err
	}
	outgoing, err := http.NewRequestWithContext(ctx, http.MethodGet, target.String(), nil)
	if err != nil {
		return "", err
	}
	return answer(outgoing)
}

func (s *session) post(ctx context.Context, tool, address, body string) (string, error) {
	target, err := s.approved(tool, address)
	if err != nil {
		return "", err
	}
	outgoing, err := http.NewRequestWithContext(ctx, http.MethodPost, target.String(), strings.NewReader(body))
	if err != nil {
		return "", err
	}
	return answer(outgoing)
}

func answer(outgoing *http.Request) (string, error) {
	response, err := client.Do(outgoing)
	if err != nil {
		return "", errors.New("the host did not answer")
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, limit(&limits.SingleResponseBytes)+1))
	if err != nil || response.StatusCode != http.StatusOK {
		return "", errors.New("the host did not answer")
	}
	return string(text), nil
}
