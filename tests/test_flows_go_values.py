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


_LISTS = """package main

import (
	"log/slog"
	"os"
)

type door struct {
	Key   string
	Label string
}

type house struct {
	Doors  []door
	Guests []door
}

func main() {
	var built house
	built.Doors = append(built.Doors, door{Key: os.Getenv("SHELF_API_KEY"), Label: "front"})
	built.Guests = append(built.Guests, door{Label: "back"})
	var all []house
	all = append(all, built)
	var doors []door
	for _, one := range all {
		doors = append(doors, one.Doors...)
	}
	slog.Info("shown", "x", SHOWN)
}
"""


@pytest.mark.parametrize(
    ("shown", "natures"),
    [
        ("built.Doors[0].Key", {Nature.SECRET_VARIABLE}),
        ("doors[0].Key", {Nature.SECRET_VARIABLE}),
        ("all[0].Doors[0].Key", {Nature.SECRET_VARIABLE}),
        ("doors[0].Label", set()),
        ("all[0].Doors[0].Label", set()),
        ("all[0].Guests[0].Label", set()),
    ],
)
def test_an_element_that_is_appended_is_one_of_a_list(shown: str, natures: set[Nature]) -> None:
    calls = facts_of({"main.go": _LISTS.replace("SHOWN", shown)}).log_calls
    assert {flow.nature for call in calls for flow in call.flows} == natures
