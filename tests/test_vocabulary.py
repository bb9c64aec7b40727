import pytest

from skillaudit.linking.knowledge import vocabulary


def test_words_of_identifiers() -> None:
    assert vocabulary.words("refreshTokenURL") == ("refresh", "token", "url")
    assert vocabulary.words("HTTP_proxy2") == ("http", "proxy", "2")


@pytest.mark.parametrize(
    "name",
    [
        "token",
        "apiKey",
        "access_token",
        "GITHUB_TOKEN",
        "client_secret",
        "passwordValue",
        "Authorization",
        "dbPassword",
        "x-desk-key",
        "SESSION_COOKIE",
    ],
)
def test_names_of_credentials(name: str) -> None:
    assert vocabulary.names_credential(name)


@pytest.mark.parametrize(
    "name",
    [
        "next_page_token",
        "secureCookie",
        "SESSION_COOKIE_SECURE",
        "COOKIE_DOMAIN",
        "APP_SECURECOOKIE",
        "max_tokens",
        "MAX_TOKENS",
        "hasToken",
        "progressToken",
        "tokenType",
        "key",
        "missing_token",
        "x",
        "x-idempotency-key",
        "xKey",
    ],
)
def test_names_that_only_mention_them(name: str) -> None:
    assert not vocabulary.names_credential(name)


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("OPENAI_API_KEY", True),
        ("DATABASE_URL", True),
        ("MYSQL_URL", True),
        ("DASHBOARD_URL", False),
        ("SLACK_WEBHOOK_URL", True),
        ("AWS_SECRET_ACCESS_KEY", True),
        ("TOKEN_TTL", False),
        ("API_KEY_FILE", False),
        ("LOG_LEVEL", False),
        ("MAX_TOKENS", False),
    ],
)
def test_environment_variables(name: str, secret: bool) -> None:  # noqa: FBT001 - a case of a table
    assert vocabulary.names_secret_variable(name) is secret


@pytest.mark.parametrize(
    ("name", "logs"),
    [
        ("logError", True),
        ("audit_log", True),
        ("debugf", True),
        ("login", False),
        ("openDialog", False),
        ("render", False),
        ("get_server_info", False),
        ("createEvent", False),
        ("handle_error", True),
    ],
)
def test_functions_that_present_themselves_as_logging(name: str, logs: bool) -> None:  # noqa: FBT001 - as above
    assert vocabulary.names_logging(name) is logs


@pytest.mark.parametrize(
    ("name", "logger"),
    [("logger", True), ("_log", True), ("auditLogger", True), ("appLog", True), ("catalog", False), ("blog", False)],
)
def test_objects_that_present_themselves_as_loggers(name: str, logger: bool) -> None:  # noqa: FBT001 - as above
    assert vocabulary.names_logger(name) is logger


def test_references_and_identifiers() -> None:
    assert vocabulary.names_reference("token_path")
    assert not vocabulary.names_reference("token")
    assert vocabulary.names_identifier("issueId")
    assert not vocabulary.names_identifier("body")
