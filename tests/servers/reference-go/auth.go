package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const bodyLimit = 2 << 20

type request struct {
	Method string `json:"method"`
	Params struct {
		Name      string         `json:"name"`
		Arguments map[string]any `json:"arguments"`
	} `json:"params"`
}

// authenticated lets a caller with a valid token through to the endpoint.
func authenticated(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := peek(r)
		scheme, presented, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		presentedCaller := sessionFor(digest(presented+r.RemoteAddr), "", nil)
		if presented == "" {
			reject(w, asked, presentedCaller, http.StatusUnauthorized, "missing")
			return
		}
		if !strings.EqualFold(scheme, "bearer") {
			reject(w, asked, presentedCaller, http.StatusUnauthorized, "invalid")
			return
		}
		claims := jwt.MapClaims{}
		_, err := jwt.ParseWithClaims(presented, claims, publicKey, jwt.WithIssuer(os.Getenv("SHELF_ISSUER")),
			jwt.WithAudience(os.Getenv("SHELF_AUDIENCE")), jwt.WithExpirationRequired(), jwt.WithValidMethods([]string{"RS256"}))
		if err != nil {
			reject(w, asked, presentedCaller, http.StatusUnauthorized, reasonOf(err))
			return
		}
		subject, _ := claims.GetSubject()
		scopes := scopesOf(claims)
		caller := sessionFor(digest(subject), subject, scopes)
		if revoked(claims) {
			reject(w, asked, caller, http.StatusUnauthorized, "revoked")
			return
		}
		if !scopes["shelf"] {
			reject(w, asked, caller, http.StatusForbidden, "scope")
			return
		}
		if caller.overLimit() {
			reject(w, asked, caller, http.StatusTooManyRequests, "rate_limit")
			return
		}
		if asked.Method == "initialize" {
			securityLog.Info("session_initialized", "event", "session_initialized", "outcome", "success", "caller", caller.caller,
				"session", caller.id, "session_age_ms", caller.age())
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), sessionKey{}, caller)))
	})
}

// reject tells the caller as little, and the log as much, as either needs.
func reject(w http.ResponseWriter, asked request, caller *session, status int, reason string) {
	caller.mu.Lock()
	caller.failures++
	caller.mu.Unlock()
	event := "auth_failure"
	if asked.Method == "initialize" {
		event = "session_rejected"
	}
	securityLog.Warn("auth_failure", "event", event, "reason", reason, "status", status, "caller", caller.caller, "session", caller.id,
		"tool", asked.Params.Name, "resource", digest(asked.Params.Arguments), "failures", caller.failures, "session_age_ms", caller.age())
	http.Error(w, "request refused", status)
}

func peek(r *http.Request) request {
	var asked request
	body, err := io.ReadAll(io.LimitReader(r.Body, bodyLimit))
	if err == nil {
		_ = json.Unmarshal(body, &asked)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return asked
}

func publicKey(*jwt.Token) (any, error) {
	text, err := os.ReadFile(os.Getenv("SHELF_PUBLIC_KEY_FILE"))
	if err != nil {
		return nil, err
	}
	return jwt.ParseRSAPublicKeyFromPEM(text)
}

func reasonOf(err error) string {
	if errors.Is(err, jwt.ErrTokenExpired) {
		return "expired"
	}
	return "invalid"
}

func scopesOf(claims jwt.MapClaims) map[string]bool {
	found := map[string]bool{}
	text, _ := claims["scope"].(string)
	for _, one := range strings.Fields(text) {
		found[one] = true
	}
	return found
}

func revoked(claims jwt.MapClaims) bool {
	id, _ := claims["jti"].(string)
	text, err := os.ReadFile(setting("SHELF_REVOKED_FILE", os.DevNull))
	if err != nil || id == "" {
		return true
	}
	for _, one := range strings.Fields(string(text)) {
		if one == id {
			return true
		}
	}
	return false
}

func (s *session) overLimit() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, time.Now())
	for len(s.requests) > 0 && time.Since(s.requests[0]) > time.Minute {
		s.requests = s.requests[1:]
	}
	return int64(len(s.requests)) > limit(&limits.RequestsPerMinute)
}
