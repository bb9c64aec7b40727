"""Records that a Go program encodes and writes itself."""

import pytest
from linked import facts_of

_TRAIL = """package trail

import (
	"encoding/json"
	"io"
	"os"
	"sync"
	"time"
)

type Event struct {
	Time  time.Time `json:"ts"`
	Event string    `json:"event"`
	Token string    `json:"token"`
}

type Trail struct {
	mu  sync.Mutex
	out *json.Encoder
}

func Open(path string) *Trail {
	WRITER
	return &Trail{out: json.NewEncoder(w)}
}

func (t *Trail) Put(e Event) {
	e.Time = time.Now().UTC()
	t.mu.Lock()
	defer t.mu.Unlock()
	_ = t.out.Encode(e)
}
"""
_MAIN = """package main

import (
	"os"

	"example.org/shelf/trail"
)

func main() {
	t := trail.Open(os.Getenv("SHELF_TRAIL"))
	t.Put(trail.Event{Event: "shelf.opened", Token: os.Getenv("SHELF_TOKEN")})
}
"""


@pytest.mark.parametrize(
    ("writer", "written"),
    [
        ("w := os.Stderr", True),
        ('var w io.Writer = os.Stderr\n\tif path != "" {\n\t\tw = io.Discard\n\t}', True),
        ('w, _ := os.OpenFile("audit.jsonl", os.O_APPEND|os.O_WRONLY, 0o600)', True),
        ("w := os.Stdout", False),
        ('w, _ := os.OpenFile("state.json", os.O_WRONLY, 0o600)', False),
    ],
)
def test_what_is_encoded_to_standard_error_or_a_log_is_a_record_and_what_calls_it_writes_one(
    writer: str,
    written: bool,  # noqa: FBT001 - one column of the table
) -> None:
    files = {
        "trail/trail.go": _TRAIL.replace("WRITER", writer),
        "main.go": _MAIN,
        "go.mod": "module example.org/shelf\n",
    }
    calls = [call for call in facts_of(files).log_calls if call.location.path == "main.go"]
    assert [(call.location.line, call.event, call.structured) for call in calls] == [
        (11, "shelf.opened", True)
    ] * written
    assert [flow.name for call in calls for flow in call.flows if "TOKEN" in flow.name] == ["SHELF_TOKEN"] * written


_LINES = """package main

import (
	"encoding/json"
	"io"
	"os"
	"sync"
	"time"
)

type entry struct {
	At    string
	Event string
	Token string
}

type journal struct {
	mu  sync.Mutex
	out io.Writer
}

func (j *journal) put(e entry) {
	e.At = time.Now().Format(time.RFC3339)
	line, err := json.Marshal(e)
	if err != nil {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	_, _ = j.out.Write(append(line, 10))
}

func main() {
	j := &journal{out: OUT}
	j.put(entry{Event: "shelf.opened", Token: os.Getenv("SHELF_TOKEN")})
}
"""


@pytest.mark.parametrize(("out", "written"), [("os.Stderr", True), ("os.Stdout", False), ("io.Discard", False)])
def test_lines_of_json_that_a_writer_is_given(out: str, written: bool) -> None:  # noqa: FBT001 - a column
    source = _LINES.replace("OUT", out).replace("line, 10", "line, '\\n'")
    calls = [c for c in facts_of({"main.go": source, "go.mod": "module example.org/shelf\n"}).log_calls if c.event]
    assert [(call.location.line, call.event, call.structured) for call in calls] == [
        (35, "shelf.opened", True)
    ] * written
    assert [flow.name for call in calls for flow in call.flows if "TOKEN" in flow.name] == ["SHELF_TOKEN"] * written
