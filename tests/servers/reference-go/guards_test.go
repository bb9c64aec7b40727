package main

import "testing"

func TestProtectedPathsAreRefused(t *testing.T) {
	s := newSession("s", "c", "o", nil)
	for _, path := range []string{"/shelf/o/.env", "/shelf/o/.git/config", "/shelf/o/run.sh"} {
		if s.requireUnprotected("write_note", path) == nil {
			t.Errorf("%s was not refused", path)
		}
	}
	if s.requireUnprotected("write_note", "/shelf/o/plan.md") != nil {
		t.Error("an ordinary note was refused")
	}
}

func TestAResponseBeyondTheCeilingIsRefused(t *testing.T) {
	s := newSession("s", "c", "o", nil)
	if s.countResponse("read_note", limits.SingleResponseBytes+1) == nil {
		t.Error("too large a response was let through")
	}
}

func TestANameDoesNotLeadOutOfTheShelf(t *testing.T) {
	found, err := locate("../../etc/passwd")
	if err == nil && found.owner != "etc" {
		t.Errorf("led to %s", found.path)
	}
}
