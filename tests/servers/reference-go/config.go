package main

import (
	"os"
	"strconv"
	"sync/atomic"
)

func setting(name, fallback string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return fallback
}

func number(name string, fallback int64) int64 {
	value, err := strconv.ParseInt(os.Getenv(name), 10, 64)
	if err != nil || value <= 0 {
		return fallback
	}
	return value
}

// Limits are the only settings that may change while the server runs.
type Limits struct {
	SingleResponseBytes int64
	SessionBytes        int64
	OutboundBytes       int64
	RepeatedCalls       int64
	RequestsPerMinute   int64
}

var limits = &Limits{
	SingleResponseBytes: number("SHELF_MAX_RESPONSE_BYTES", 5<<20),
	SessionBytes:        number("SHELF_MAX_SESSION_BYTES", 10<<20),
	OutboundBytes:       number("SHELF_MAX_OUTBOUND_BYTES", 1<<20),
	RepeatedCalls:       number("SHELF_MAX_REPEATED_CALLS", 10),
	RequestsPerMinute:   number("SHELF_MAX_REQUESTS_PER_MINUTE", 300),
}

// field is the limit of a name; nil where there is none.
func (l *Limits) field(name string) *int64 {
	return map[string]*int64{
		"single_response": &l.SingleResponseBytes,
		"session":         &l.SessionBytes,
		"outbound":        &l.OutboundBytes,
		"repeated_calls":  &l.RepeatedCalls,
		"requests":        &l.RequestsPerMinute,
	}[name]
}

func limit(value *int64) int64 { return atomic.LoadInt64(value) }
