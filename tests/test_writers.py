"""Records that go to a stream which somebody else chose."""

import pytest
from linked import facts_of

from skillaudit.facts import Flow, Sink

GO = """\
package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
)

type Prompter struct{ writer io.Writer }

func NewPrompter(w io.Writer) *Prompter { return &Prompter{writer: w} }

func mask(token string) string { return token[:8] + strings.Repeat("*", len(token)-8) }

func (p *Prompter) Ask(token string) { fmt.Fprintf(p.writer, "Token [%%s]: ", mask(token)) }

func serve(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, mask(os.Getenv("DESK_TOKEN"))) }

func run(w io.Writer) { NewPrompter(w).Ask(os.Getenv("DESK_TOKEN")) }

func main() {
	http.HandleFunc("/", serve)
	_ = bytes.Buffer{}
	%s
}
"""
PYTHON = """\
import io
import os
import sys


def show(value, out):
    print(value, file=out)


show(os.environ["DESK_TOKEN"][:8], %s)
"""


def written(files: dict[str, str]) -> list[tuple[Sink, Flow]]:
    return [(call.sink, flow) for call in facts_of(files).log_calls for flow in call.flows]


@pytest.mark.parametrize(("given", "sink"), [("os.Stdout", Sink.STDOUT), ("os.Stderr", Sink.STDERR)])
def test_a_kept_writer_in_go(given: str, sink: Sink) -> None:
    found = written({"go.mod": "module example.test/desk\n\ngo 1.24\n", "main.go": GO % f"run({given})"})
    assert {(where, flow.partial, flow.kept) for where, flow in found} == {(sink, True, 8)}


def test_a_buffer_is_no_stream() -> None:
    assert not written({"go.mod": "module example.test/desk\n\ngo 1.24\n", "main.go": GO % "run(&bytes.Buffer{})"})


@pytest.mark.parametrize(("given", "sinks"), [("sys.stdout", [Sink.STDOUT]), ("io.StringIO()", [])])
def test_a_writer_that_is_handed_in_in_python(given: str, sinks: list[Sink]) -> None:
    assert [sink for sink, _ in written({"show.py": PYTHON % given})] == sinks
