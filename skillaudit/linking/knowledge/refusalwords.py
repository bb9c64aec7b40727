"""What texts and names say of a refusal: that there is one, why, and who answers."""

import re
from collections.abc import Iterable

from skillaudit.events import Cause


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


_REFUSES = _any(
    r"not (?:be )?(?:allowed|permitted|authori[sz]ed)\b",
    r"isn't (?:allowed|permitted)",
    r"(?:access|permission|request|command|path|operation) (?:is |was )?(?:denied|refused|rejected|blocked|forbidden)",
    r"\bdenied\b|\bforbidden\b|unauthori[sz]ed|unauthenticated|disallowed|prohibited",
    r"read[- ]?only mode|\bis read[- ]?only\b|in read[- ]?only",
    r"blocked (?:by|for|command|path|url|host|domain)|is blocked",
    r"outside (?:of )?(?:the |its |your )?(?:allowed|permitted|root|base|workspace|working|configured|project|vault)",
    r"outside (?:of )?(?:the |its |your )?(?:sandbox|repository|safe|data|storage)",
    r"outside (?:the )?\S+ director|escapes? (?:the |from )?\S|leads? out of",
    r"path traversal|traversal (?:attempt|detected|not)",
    r"not (?:in|on|part of) (?:the )?(?:\w+ )?(?:allow|white|safe|permitted|approved|list)\w*\b"
    r"(?! (?:options|values|types|range|formats|set))",
    r"(?:not|only|by|outside)\b.{0,30}\b(?:allow|white|deny|block)[-_ ]?list",
    r"restricted (?:path|command|operation)",
    r"rate[- ]?limit(?:ed)?\b.{0,20}(?:exceed|reached|hit)|rate limited|too many (?:requests|calls)",
    r"missing (?:the )?(?:required )?(?:\w+ )?(?:scope|permission|privilege|role)s?\b",
    r"\b(?:scope|permission|privilege|role)s?\b.{0,40}\b(?:required|needed)\b",
    r"insufficient (?:scope|permission|privilege|role)|requires? (?:admin|elevated|write|higher) ",
    r"(?:token|scope|permission|role|key)s? (?:does|do)(?: not|n't) (?:cover|allow|permit|grant|include)",
    r"\b(?:lacks?|(?:does|do)(?: not|n't) have|without) (?:the )?(?:\w+ )?(?:scope|permission|privilege|role)s?\b",
    r"must be (?:an )?(?:admin|authenticated|logged)|(?:authentication|authorization) (?:is )?required",
    r"(?:unsafe|dangerous|forbidden) (?:command|operation|path|query|sql|url|host)|security (?:violation|policy)",
)
_PRESENTED = r"(?:token|bearer|api[- _]?key|credentials?|session|jwt|signature|authorization)\b"
_CREDENTIAL = _any(
    r"(?:missing|invalid|expired|revoked|no|bad|wrong|malformed|unknown|empty|without)\b.{0,30}\b(?:token|bearer|jwt|"
    r"api[- _]?key|credentials?|session(?! (?:work|dir|state|data|stor|file|name|config))|authorization|signature|"
    r"password|auth header)",
    _PRESENTED + r".{0,40}\b(?:missing|invalid|expired|revoked|required|unknown|mismatch|malformed|inactive|rejected)",
    _PRESENTED + r".{0,40}\b(?:not (?:valid|found|recogni[sz]ed|provided|present)|unauthori[sz]ed)",
    r"requires? (?:an? )?(?:active |valid )?.{0,40}\b(?:session|token|login|authenticat\w*|credentials?)\b",
    r"authentication failed|not authenticated|verification failed|invalid_(?:token|grant|client|scope)",
    r"\btoken rejected|inactive token",
)
_OF_CALLER = _any(
    r"session|bearer|\bheaders?\b|\brequest\b|\bcaller|\borigin\b|(?<![a-z])req(?![a-z])|authorization:|mcp-session"
)
_ELSEWHERE = _any(r"metadata|\bfield\b|endpoint|upstream|loopback")
_FORM = _any(
    r"line[- ]?breaks?|new-?lines?|\bcr/?lf\b|control char|whitespace|special char",
    r"characters? (?:is|are) not (?:allowed|permitted)"
    r"|addresses are not (?:allowed|supported)|(?:remote|upstream|backend|base|endpoint) ur[il]\b",
    r"read[- ]?only (?:client|connection|transaction|handle|propert|field|attribute|object|view|buffer|stream)",
    r"(?:client|connection|transaction|handle|property|field|attribute|object|buffer|stream) is read[- ]?only",
    r"(?:must|can|should)(?: ?not|n't|'t) be (?:empty|blank)|must be (?:non-?|not )empty",
    r"(?:parameter|field|argument|property) is required",
)
"""What a value looks like, where the server itself connects to, what its own objects are for: no caller is meant."""
_DOWNLOADED = _any(r"archive|\bzip\b|tarball|tar file|robots\.txt")
_AUTHENTICATES = _any(
    r"session|\btoken|authori[sz]|authenti|bearer|credential|api[- _]?key|\borigin\b|host header|invalid host|\bscope",
    r"allow-?list|whitelist|rate limit|forbidden|denied|permission|not allowed|csrf|client[_ ]?id|redirect[_ ]?uri",
    r"invalid_(?:grant|client|token|scope|redirect)|\bstate\b.{0,20}(?:invalid|mismatch|expired)",
    r"(?:invalid|missing|expired) state\b",
)
_NEGATIVE = _any(
    r"missing|invalid|required|expired|\bnot\b|\bno\b|unauthor|denied|forbidden|reject|unknown|mismatch|validat|verif",
    r"\bmust\b|cannot|disallow|malformed|exceeded",
)
_CAUSES = (
    (Cause.RATE, _any(r"rate.?limit|too many|throttl|quota|429")),
    (Cause.OWNERSHIP, _any(r"\bowner|belongs? to|another user|not yours|different user|idor")),
    (Cause.ORIGIN, _any(r"\borigin|host header|invalid host|\bhost\b.{0,20}not|rebinding|\bcors\b")),
    (Cause.SESSION, _any(r"session")),
    (Cause.SCOPE, _any(r"\bscopes?\b|permission|\brole|privilege|insufficient|\badmin")),
    (
        Cause.POLICY,
        _any(r"read.?only|allow.?list|path|command|director|outside|blocked|dangerous|unsafe|not allowed"),
    ),
    (Cause.CREDENTIAL, _any(r"token|auth|bearer|credential|key|jwt|login|signature|401")),
)
_ERROR_TYPES = re.compile(
    r"Unauthori[sz]ed|Forbidden|PermissionDenied|AccessDenied|NotAuthori[sz]ed|Unauthenticated|InvalidToken|TokenExpired|"
    r"ExpiredToken|AuthenticationFailed|AuthenticationRequired|InsufficientScope|PathNotAllowed|TooManyRequests|"
    r"RateLimitExceeded|PolicyViolation|SecurityViolation|ReadOnly\w*(?:Error|Exception)|^PermissionError$|"
    r"InvalidSession|SessionNotFound|CommandNotAllowed|^(?:Token|Authorize)Error$|^Invalid(?:Grant|Client|Scope)(?:Error)?$|"
    r"^UnauthorizedClient"
)
_VERIFIES = _any(
    r"verif\w*_?(?:access_?)?(?:token|jwt|bearer|request|caller|session|api_?key|key|auth)|authenticat|introspect",
    r"(?:validate|check|require|ensure)_?\w*(?:token|auth|session|api_?key|permission|scope|bearer|origin|host|access)",
    r"authori[sz]e|load_access_token|bearer_?auth|rate_?limit|dispatch|^verify$|verifier$|auth\w*_?(?:middleware|guard|handler)",
)
_ENDS = re.compile(
    r"^_*(?:close|end|evict|expire|dispose|destroy|clean_?up|stop|shut_?down|terminate|release|remove|delete|reset)(?![a-z])",
)
_ANSWERED = re.compile(
    r"^(?:status_?code|response|resp|http_?err\w*|upstream|response_?text|response_?data|exit_?code|return_?code|stderr|"
    r"stdout)$",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"\.(?:_?owner(?:_?id)?|_?user_?id|created_?by|_?tenant(?:_?id)?|account_?id|author_?id|_?org(?:anization)?_?id|client_?id|"
    r"_?caller(?:_?id)?)$|(?:^|_)owner(?:_?id)?$",
    re.IGNORECASE,
)
_BOUND = re.compile(r"(?:\w*session|connection|conn|transport)\.", re.IGNORECASE)
_CALLER = re.compile(
    r"caller|current_?user|^(?:session|auth|user|principal|subject|claims|identity|request|req|ctx|extra|info|props|authinfo|(?:access_?)?token)\.|"
    r"^(?:user_?id|client_?id|subject|principal|requester|tenant_?id|account_?id)$|auth_?user|token_?(?:user|owner|sub)|"
    r"^(?:get_?)?(?:owner|user|subject|principal|requester|tenant|account|client)(?:_?id)?\(\)$",
    re.IGNORECASE,
)
_SESSION = _any(r"session")
_KEYED = _any(r"session|client_?id|caller|user|tenant|\bip\b|_ip\b|remote_?addr")
_STATUS = re.compile(r"^[45]\d\d$|^Status[A-Z]\w+$|^HTTP_[45]\d\d\w*$")


def refuses(text: str) -> bool:
    """Whether an error's text says that something is refused which the caller asked for.

    Not what a download holds, the form of a value, or the use of one of the server's own objects.
    """
    return bool(_REFUSES.search(text)) and not _DOWNLOADED.search(text) and not _FORM.search(text)


def lacks_credential(text: str, around: str) -> bool:
    """Whether a text says that what the caller presented is missing or wrong, as opposed to the server's own set-up."""
    return bool(_CREDENTIAL.search(text) and _OF_CALLER.search(f"{text} {around}") and not _ELSEWHERE.search(text))


def authenticates(text: str) -> bool:
    """Whether a text turns down who calls, and not what the request says."""
    return bool(_AUTHENTICATES.search(text) and _NEGATIVE.search(text))


def lost_session(text: str) -> bool:
    """Whether a text says that there is no such session."""
    return bool(_SESSION.search(text))


def refusing_type(name: str) -> bool:
    """Whether an exception of this name refuses."""
    return bool(_ERROR_TYPES.search(name))


def ends(name: str) -> bool:
    """Whether a function of this name ends what is open: timers and shutdown call it as callers do."""
    return bool(_ENDS.search(name))


def verifies(name: str) -> bool:
    """Whether a function of this name decides on a caller: there an answer from outside is part of the decision."""
    return bool(_VERIFIES.search(name))


def answered(names: Iterable[str]) -> bool:
    """Whether a condition that holds these names asks for the answer of another service or program."""
    held = list(names)
    return any(map(_ANSWERED.match, held)) or ("status" in held and any(map(_STATUS.match, held)))


def keyed_by_caller(text: str) -> bool:
    """Whether a limit is counted for each caller, by the names around it."""
    return bool(_KEYED.search(text))


def owner_and_caller(first: str, second: str) -> bool:
    """Whether of two compared names one is a resource's owner and the other the caller."""
    sides = ((first, second), (second, first))
    return any(_OWNER.search(a) and not _BOUND.match(a) and _CALLER.search(b) for a, b in sides)


def cause(text: str) -> Cause:
    """Why the caller is refused, by the first words that say so."""
    return next((found for found, pattern in _CAUSES if pattern.search(text)), Cause.POLICY)
