package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

var root = setting("SHELF_ROOT", "/var/lib/shelf")

type note struct {
	owner string
	path  string
}

// locate is the note behind owner/name, inside the root whatever the name says.
func locate(name string) (note, error) {
	path := filepath.Join(root, filepath.Clean("/"+name))
	inside, err := filepath.Rel(root, path)
	if err != nil || strings.HasPrefix(inside, "..") {
		return note{}, errors.New("no such note")
	}
	owner, rest, _ := strings.Cut(inside, string(filepath.Separator))
	if rest == "" {
		return note{}, errors.New("a note is named owner/name")
	}
	return note{owner, path}, nil
}

// owned is a note of the caller; somebody else's is answered like one that does not exist, and recorded.
func (s *session) owned(tool, name string) (note, error) {
	found, err := locate(name)
	if err != nil {
		return note{}, err
	}
	if found.owner != s.owner {
		securityLog.Warn("idor_attempt", "event", "idor_attempt", "reason", "idor", "tool", tool, "resource", digest(name),
			"resource_owner", digest(found.owner), "caller", s.caller, "session", s.id, "failures", s.failures, "session_age_ms", s.age())
		return note{}, errors.New("no such note")
	}
	return found, nil
}

func (n note) read() (string, error) {
	text, err := os.ReadFile(n.path)
	if err != nil {
		return "", errors.New("no such note")
	}
	return string(text), nil
}

func (n note) write(text string) error {
	if err := os.MkdirAll(filepath.Dir(n.path), 0o750); err != nil {
		return err
	}
	return os.WriteFile(n.path, []byte(text), 0o640)
}

func notesOf(owner string) []string {
	found := []string{}
	_ = filepath.WalkDir(filepath.Join(root, filepath.Base(owner)), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			found = append(found, strings.TrimPrefix(path, root+string(filepath.Separator)))
		}
		return nil
	})
	return found
}
