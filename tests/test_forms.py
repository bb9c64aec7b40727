import pytest

from skillaudit.linking.knowledge.forms import Effect, conversions, of_call, of_method, strips_newlines


@pytest.mark.parametrize(
    ("path", "effect"),
    [
        ("str", Effect.KEEPS),
        ("fmt.Sprintf", Effect.KEEPS),
        ("strings.Trim", Effect.KEEPS),
        ("Promise.allSettled", Effect.KEEPS),
        ("JSON.stringify", Effect.ESCAPES),
        ("net/url.QueryEscape", Effect.ESCAPES),
        ("encoding/json.MarshalIndent", Effect.ESCAPES),
        ("len", Effect.NOTHING),
        ("hashlib.sha256", Effect.NOTHING),
        ("crypto/sha256.Sum256", Effect.NOTHING),
        ("os.path.exists", Effect.NOTHING),
        ("acme.redactSecrets", Effect.NOTHING),
        ("acme.transform", Effect.UNKNOWN),
    ],
)
def test_what_foreign_functions_leave(path: str, effect: Effect) -> None:
    assert of_call(path) is effect


@pytest.mark.parametrize(
    ("name", "effect"),
    [
        ("strip", Effect.KEEPS),
        ("slice", Effect.PIECE),
        ("startsWith", Effect.NOTHING),
        ("maskToken", Effect.NOTHING),
        ("frobnicate", Effect.UNKNOWN),
    ],
)
def test_what_methods_leave_of_their_object(name: str, effect: Effect) -> None:
    assert of_method(name) is effect


def test_conversions_of_a_format_text() -> None:
    assert conversions("%s: %-5d of %% %+v %q %.2f") == ("s", "d", "v", "q", "f")


def test_patterns_that_take_line_breaks_out() -> None:
    assert [strips_newlines(pattern) for pattern in (r"[\r\n]", "\n", r"\s+", "[a-z]")] == [True, True, True, False]
