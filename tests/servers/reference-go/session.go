package main

import (
	"context"
	"sync"
	"time"
)

type effect string

const (
	retrieval effect = "retrieval"
	mutation  effect = "mutation"
	external  effect = "external"
)

type call struct {
	tool     string
	effect   effect
	argsHash string
	argsSize int
	at       time.Time
}

// session is what the server remembers about one caller; caller is a digest, never the identity.
type session struct {
	mu            sync.Mutex
	id            string
	caller        string
	owner         string
	scopes        map[string]bool
	started       time.Time
	failures      int
	requests      []time.Time
	calls         []call
	responseBytes int64
	outboundBytes int64
}

func newSession(id, caller, owner string, scopes map[string]bool) *session {
	return &session{id: id, caller: caller, owner: owner, scopes: scopes, started: time.Now()}
}

func (s *session) age() int64 { return time.Since(s.started).Milliseconds() }

type sessionKey struct{}

var local = newSession("stdio", "local", "local", map[string]bool{"read": true, "write": true, "web": true, "admin": true})

func withLocalSession(ctx context.Context) context.Context {
	return context.WithValue(ctx, sessionKey{}, local)
}

func sessionOf(ctx context.Context) *session {
	if held, ok := ctx.Value(sessionKey{}).(*session); ok {
		return held
	}
	return local
}

var (
	sessionsLock sync.Mutex
	sessions     = map[string]*session{}
)

// sessionFor is the session of a caller, known by the digest of who it is.
func sessionFor(caller, owner string, scopes map[string]bool) *session {
	sessionsLock.Lock()
	defer sessionsLock.Unlock()
	held, known := sessions[caller]
	if !known {
		held = newSession(digest([]string{caller, time.Now().String()}), caller, owner, scopes)
		sessions[caller] = held
	}
	return held
}
