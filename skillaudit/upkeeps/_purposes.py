"""What a command or action is for, by the names that its tools go by."""

import re
from functools import lru_cache

from skillaudit.upkeep import Purpose

_BEGIN = r"(?:^|[\s;&|(\"'`])(?:[\w./-]*/)?"
_RUNNER = (
    r"(?:npm|pnpm|yarn|bun)\b(?: +-[\w-]+(?:[= ][\w./@*{}][\w./@*{}-]*)?| +(?:workspaces? +[\w@/.-]+"
    r"|exec)){0,6}"
)

_TEST = re.compile(
    rf"{_BEGIN}(?:pytest|py\.test|tox|nox|nosetests|gotestsum|ginkgo|vitest|jest|mocha|ava|karma|bats|ctest"
    rf"|phpunit|rspec|behave|jasmine"
    r"|playwright +test|cypress +run|c8 +node"
    r"|python[\d.]* +(?:-\w +)*-m +(?:pytest|unittest|nose|tox|nox|coverage +run)|coverage +run|manage\.py +test"
    r"|go +(?:-C +\S+ +)?test|cargo +(?:\+\S+ +)?(?:test|nextest|llvm-cov|tarpaulin|make +test)|swift +test"
    r"|dotnet +(?:test|vstest)"
    r"|hatch +(?:run +\S*)?test\S*|hatch +run +\S*:?(?:cov|test)\S*|pdm +(?:run +)?test\S*|deno +test|bun +test"
    r"|mix +test|dart +test|flutter +test"
    r"|(?:\./)?mvnw? +.*\b(?:test|verify|package|install|deploy)|(?:\./)?gradlew? +.*\b(?:test|check|build)\b"
    r"|rake +(?:test|spec)|composer +(?:run +)?test"
    r"|bazel(?:isk)? +(?:\S+ +)*test|nx +.*\btest|turbo +(?:run +)?.*\btest|lerna +run +\S*test"
    r"|moon +(?:run +)?:?test|vp +test|vite-plus +test"
    r"|node +(?:\S+ +)*--test|tsx +(?:\S+ +)*--test|python[\d.]* +(?:\S+/)*(?:run_?)?tests?\w*\.py"
    r"|node +(?:\S+/)*(?:run-?)?tests?[\w.-]*\.[cm]?[jt]s)(?=$|[\s;&|)\"'`:])",
    re.IGNORECASE,
)
_SCAN = re.compile(
    rf"{_BEGIN}(?:{_RUNNER} +(?:npm +)?audit(?! +fix)|pip-audit|audit-ci|better-npm-audit|osv-scanner|trivy|grype"
    rf"|govulncheck|snyk +(?:test|monitor|code +test)"
    r"|safety +(?:check|scan)|cargo[ -](?:audit|deny)|dependency-check|bundle(?:r)?[ -]audit|nancy"
    r"|composer +audit|uv +audit"
    r"|docker +scout|dotnet +list +.*--vulnerable|xray|jf +audit|semgrep +ci +.*--supply-chain"
    r"|python[\d.]* +-m +(?:pip_audit|safety)"
    r"|go +run +golang\.org/x/vuln/cmd/govulncheck\S*|socket +(?:ci|scan))(?=$|[\s;&|)\"'`:@])"
    r"|(?:uvx|pipx +run|npx(?: +-\S+)*|uv +tool +run|go +run \S*/)(?: +--from +\S+)? *\S*(?:pip-audit|osv-scanner"
    r"|govulncheck|audit-ci|better-npm-audit)"
    r"|Dependency-Scanning|Container-Scanning|DependencyScanning",
    re.IGNORECASE,
)
_UPDATE = re.compile(
    rf"{_BEGIN}(?:renovate|updatecli|npm-check-updates +.*-u\w*|ncu +.*-u\w*|taze +.*-w|uv +lock +.*(?:--upgrade"
    rf"|-U)\b|pip-compile\S* +.*(?:--upgrade|-U)\b"
    r"|poetry +update|pdm +update|go +get +.*-u\b|(?:pnpm|yarn) +(?:update|up|upgrade)|npm +update"
    r"|cargo +(?:update|upgrade)|pcu|pyup)(?=$|[\s;&|)\"'`])",
    re.IGNORECASE,
)
_SCAN_ACTION = re.compile(
    r"(?:^|/)(?:dependency-review-action|osv-scanner\S*|trivy-action|govulncheck-action|grype\S*|scan-action"
    r"|snyk/actions\S*|snyk-actions\S*|pip-audit\S*"
    r"|gh-action-pip-audit|audit-check|cargo-deny-action|npm-audit-action|dependency-check\S*|scout-action"
    r"|actions-rust-lang/audit|safety-action"
    r"|socketdev/\S+|advanced-security-dependency\S*|AdvancedSecurity-Dependency-Scanning|actions-audit"
    r"|security-scanner\S*|audit-action|fossa-action|nancy\S*)$",
    re.IGNORECASE,
)
_UPDATE_ACTION = re.compile(
    r"(?:renovatebot/github-action|updatecli/\S+|npm-update-action|poetry-upgrade|action-update-dependencies\S*)$",
    re.IGNORECASE,
)
_TEST_ACTION = re.compile(
    r"(?:pytest-action|cypress-io/github-action|action-pytest|tox-action|go-test-action|test-action"
    r"|run-tests?(?:-action)?|(?:node|python|go|gradle)/test|pnpm/test)$",
    re.IGNORECASE,
)
_HARMLESS = re.compile(
    r"^(?:echo|printf|grep\b|\[|#|:|true\b|exit\b|cat\b|git +(?:commit|log|tag)|gh +(?:pr|issue|release)\b|if +\["
    r"|pip[\d.]* +install|uv +(?:pip +install|sync|add)|(?:npm|pnpm|yarn|bun) +(?:i|install|ci|add)\b|apt(?:-get)? "
    r"|(?:brew|go|cargo|pipx|uv +tool) +install|curl |wget )",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def purposes_of(command: str) -> frozenset[Purpose]:
    """What one command line is for; several commands on a line are looked at one by one."""
    found: set[Purpose] = set()
    for part in re.split(r"&&|\|\||;", command):
        one = part.strip()
        if _HARMLESS.match(one):
            continue
        found |= {
            purpose
            for purpose, pattern in ((Purpose.TEST, _TEST), (Purpose.SCAN, _SCAN), (Purpose.UPDATE, _UPDATE))
            if pattern.search(one)
        }
    return frozenset(found)


def purposes_of_action(name: str) -> frozenset[Purpose]:
    """What an action is for, by its name without the ref."""
    known = ((Purpose.TEST, _TEST_ACTION), (Purpose.SCAN, _SCAN_ACTION), (Purpose.UPDATE, _UPDATE_ACTION))
    return frozenset(purpose for purpose, pattern in known if pattern.search(name))
