"""Headers in code flows: a caller's are its choice, those of another system's answer are not the caller's."""

import pytest
from linked import facts_of

from skillaudit.facts import Nature

_SERVER = """package main

import (
	"net/http"
	"os"
)

func shelf(w http.ResponseWriter, r *http.Request) {
	answer, err := http.Get("https://shelf.example/latest")
	if err != nil {
		return
	}
	for _, values := range %s.Header {
		text, _ := os.ReadFile(values[0])
		w.Write(text)
	}
	_ = answer
}

func main() {
	http.HandleFunc("/shelf", shelf)
	http.ListenAndServe(":8080", nil)
}
"""


@pytest.mark.parametrize(("whose", "natures"), [("r", {Nature.REQUEST}), ("answer", set())])
def test_whose_headers_name_a_file(whose: str, natures: set[Nature]) -> None:
    flows = facts_of({"main.go": _SERVER % whose, "go.mod": "module shelf\n\ngo 1.22\n"}).code_flows
    assert {flow.source for flow in flows} == natures
