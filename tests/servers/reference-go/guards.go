package main

import (
	"errors"
	"regexp"
	"time"
)

const (
	chainWindow       = 30 * time.Second
	burstWindow       = 30 * time.Second
	enumerationWindow = time.Minute
	minimalArguments  = 1
	remembered        = 500
	chainScope        = "allow:retrieval-to-external-chain"
)

func (s *session) remember(one call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, one)
	if len(s.calls) > remembered {
		s.calls = s.calls[1:]
	}
}

func (s *session) since(window time.Duration) []call {
	s.mu.Lock()
	defer s.mu.Unlock()
	recent := []call{}
	for _, one := range s.calls {
		if time.Since(one.at) < window {
			recent = append(recent, one)
		}
	}
	return recent
}

// inspect looks at the calls of the session after each of them.
func (s *session) inspect(toolCount int) {
	s.watchBurst()
	s.watchChain()
	s.watchEnumeration(toolCount)
}

func (s *session) watchBurst() {
	recent := s.since(burstWindow)
	last := recent[len(recent)-1]
	repeated := int64(0)
	for _, one := range recent {
		if one.tool == last.tool && one.argsHash == last.argsHash {
			repeated++
		}
	}
	if repeated > limit(&limits.RepeatedCalls) {
		securityLog.Warn("burst_alert", "event", "burst_alert", "tool", last.tool, "args_hash", last.argsHash, "calls", repeated,
			"caller", s.caller, "session", s.id)
	}
}

func (s *session) watchChain() {
	recent := s.since(chainWindow)
	if recent[len(recent)-1].effect != external || s.scopes[chainScope] {
		return
	}
	if hasEffect(recent, retrieval) {
		securityLog.Warn("chain_guard_alert", "event", "chain_guard_alert", "pattern", "retrieval_to_external",
			"sequence", toolsOf(recent), "caller", s.caller, "session", s.id)
	}
}

func (s *session) watchEnumeration(toolCount int) {
	probes := []call{}
	for _, one := range s.since(enumerationWindow) {
		if one.argsSize <= minimalArguments {
			probes = append(probes, one)
		}
	}
	distinct := map[string]int{}
	for _, one := range probes {
		distinct[one.tool]++
	}
	if len(distinct) >= toolCount && len(probes) == len(distinct) {
		securityLog.Warn("enumeration_alert", "event", "enumeration_alert", "tools", len(distinct), "caller", s.caller, "session", s.id)
	}
}

func hasEffect(calls []call, wanted effect) bool {
	for _, one := range calls {
		if one.effect == wanted {
			return true
		}
	}
	return false
}

func toolsOf(calls []call) []string {
	found := []string{}
	for _, one := range calls {
		found = append(found, one.tool)
	}
	return found
}

func (s *session) countResponse(tool string, bytes int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.responseBytes += bytes
	if bytes > limit(&limits.SingleResponseBytes) {
		securityLog.Warn("large_single_response", "event", "large_single_response", "tool", tool, "bytes", bytes,
			"caller", s.caller, "session", s.id)
		return errors.New("the response is too large")
	}
	if s.responseBytes > limit(&limits.SessionBytes) {
		securityLog.Warn("session_volume_ceiling", "event", "session_volume_ceiling", "tool", tool, "total_bytes", s.responseBytes,
			"caller", s.caller, "session", s.id)
		return errors.New("this session has read too much")
	}
	return nil
}

func (s *session) countOutbound(tool string, bytes int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.outboundBytes += bytes
	if s.outboundBytes > limit(&limits.OutboundBytes) {
		securityLog.Warn("outbound_volume_ceiling", "event", "outbound_volume_ceiling", "tool", tool, "total_bytes", s.outboundBytes,
			"caller", s.caller, "session", s.id)
		return errors.New("this session has sent too much")
	}
	return nil
}

var protectedPaths = regexp.MustCompile(`(?i)(^|/)\.env|(^|/)\.(git|ssh|github)(/|$)|(^|/)etc/|cron|\.(sh|bash|zsh|py|rb)$|(^|/)node_modules/`)

// requireUnprotected refuses a write to a protected path; it is called before anything is opened.
func (s *session) requireUnprotected(tool, path string) error {
	if protectedPaths.MatchString(path) {
		securityLog.Error("write_to_protected_path", "event", "write_to_protected_path", "tool", tool, "path", path,
			"caller", s.caller, "session", s.id)
		return errors.New("write target is not allowed")
	}
	return nil
}
