"""What is known of a text that a function of a library could read: its digits and letters, as a pattern."""

from collections.abc import Iterator
from typing import Final

from skillaudit import ir
from skillaudit.linking.flows.aspects import Aspects
from skillaudit.linking.flows.guards import Guard, Proof
from skillaudit.linking.names.program import At
from skillaudit.linking.names.symbols import External

_INTEGER, _NUMBER, _WORD = "^[-+]?[0-9]+$", "^[-+]?[0-9a-zA-Z_.]+$", "^[0-9a-zA-Z]+$"
_ID, _ADDRESS = "^[0-9a-fA-F-]+$", "^[0-9a-fA-F:.]+$"
_FAILING: Final = {
    "strconv.Atoi": _INTEGER, "strconv.ParseInt": _NUMBER, "strconv.ParseUint": _NUMBER, "strconv.ParseFloat": _NUMBER,
    "strconv.ParseBool": _WORD, "github.com/google/uuid.Parse": _ID, "github.com/google/uuid.Validate": _ID,
    "github.com/gofrs/uuid.FromString": _ID, "github.com/gofrs/uuid/v5.FromString": _ID,
    "github.com/oklog/ulid/v2.Parse": _WORD, "github.com/oklog/ulid/v2.ParseStrict": _WORD,
    "github.com/rs/xid.FromString": _WORD,
    "go.mongodb.org/mongo-driver/bson/primitive.ObjectIDFromHex": _WORD, "encoding/hex.DecodeString": _WORD,
    "int": _INTEGER, "float": _NUMBER, "uuid.UUID": _ID,
}  # fmt: skip
"""They fail where their first argument is no such text. No address: what follows a ``%`` in one is any text."""
_EMPTY: Final = {"net.ParseIP": _ADDRESS}
"""They give nothing where it is none."""


def read(aspects: Aspects, at: At, call: ir.Call, *, found: bool) -> Iterator[Guard]:
    """What a call proves of its argument that did not fail, or (``found``) that gave something."""
    symbols = aspects.taints.symbols.resolve(at.to(call.callee)) if call.args else ()
    patterns = _FAILING | _EMPTY if found else _FAILING
    for symbol in symbols:
        if isinstance(symbol, External) and (text := patterns.get(symbol.path)):
            subject = at.to(call.args[0].value)
            if aspects.keys(subject):
                yield aspects.guard(Proof.PATTERN, at, subject, details=(text,))
