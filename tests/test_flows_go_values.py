"""Go: what values of addresses, upstream answers, stores of secrets and settings' parts carry into records."""

import pytest
from linked import facts_of

from skillaudit.facts import Nature

_MAIN = """package main

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

type cloud struct{ SecretAccessKey string }

type settings struct {
	Directory string
	AWS       cloud
}

var held settings

func shown(cluster kubernetes.Interface, base http.RoundTripper, request *http.Request) {
	key := os.Getenv("SHELF_API_KEY")
	asked := url.Values{"q": {"books"}, "key": {key}}
	set := url.Values{}
	set.Set("key", key)
	answer, _ := base.RoundTrip(request)
	whole, _ := httputil.DumpResponse(answer, true)
	heads, _ := httputil.DumpResponse(answer, false)
	body, _ := io.ReadAll(answer.Body)
	secret, _ := cluster.CoreV1().Secrets("shelf").Get(nil, "one", metav1.GetOptions{})
	slog.Info("shown", "x", SHOWN)
}

func main() { shown(nil, nil, nil) }
"""


@pytest.mark.parametrize(
    ("shown", "natures"),
    [
        ("asked.Encode()", {Nature.SECRET_VARIABLE}),
        ("set.Encode()", {Nature.SECRET_VARIABLE}),
        ("string(whole)", {Nature.RESPONSE}),
        ("string(heads)", {Nature.HEADERS}),
        ("string(body)", {Nature.RESPONSE}),
        ("secret.Data", {Nature.CREDENTIAL}),
        ("secret.Name", set()),
        ("held.AWS.SecretAccessKey", {Nature.CREDENTIAL}),
        ("held.Directory", set()),
    ],
)
def test_what_reaches_a_record(shown: str, natures: set[Nature]) -> None:
    facts = facts_of({"main.go": _MAIN.replace("SHOWN", shown), "go.mod": "module example.org/shelf\n"})
    assert {flow.nature for call in facts.log_calls for flow in call.flows} == natures
