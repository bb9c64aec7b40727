"""Go: calls that take a key or a password, and at which place: cookies, tokens, MACs, ciphers, logins."""

import re

from skillaudit.linking.knowledge.codeapis import chained

_KEYS = (
    (re.compile(r"^github\.com/gorilla/(?:sessions\.New(?:Cookie|Filesystem)Store|securecookie\.New)$"), 0),
    (re.compile(r"^github\.com/gin-contrib/sessions/(?:cookie|memstore)\.NewStore$"), 0),
    (re.compile(r"^github\.com/golang-jwt/jwt(?:/v\d)?\.New(?:WithClaims)?\(\)\.SignedString$"), 0),
    (re.compile(r"^github\.com/(?:dgrijalva/jwt-go|lestrrat-go/jwx)(?:/v\d)?\.\w+\(\)\.SignedString$"), 0),
    (re.compile(r"^crypto/hmac\.New$"), 1),
    (re.compile(r"^crypto/(?:aes|des|rc4)\.New\w*Cipher$"), 0),
    (re.compile(r"^golang\.org/x/crypto/chacha20poly1305\.NewX?$"), 0),
)
_PASSWORDS = (
    (re.compile(r"^golang\.org/x/crypto/ssh\.Password$"), 0),
    (re.compile(r"^net/smtp\.PlainAuth$"), 2),
    (re.compile(r"\.SetBasicAuth$"), 1),
    (re.compile(r"^github\.com/(?:go-resty/resty|imroc/req)~Set(?:AuthToken|BearerAuthToken)$"), 0),
)


def keys(path: str) -> list[int]:
    """The places of keys among the arguments of a call."""
    return [place for pattern, place in _KEYS if pattern.search(path)]


def passwords(path: str) -> list[int]:
    """The places of passwords and tokens among the arguments of a call."""
    names = {path, chained(path)}
    return [place for pattern, place in _PASSWORDS if any(map(pattern.search, names))]
