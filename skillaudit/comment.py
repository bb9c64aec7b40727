"""One comment of ours on a pull request, written anew at every push instead of added to."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from skillaudit.github import Runner

_BOT: Final = "github-actions[bot]"
"""Who writes with the token of a workflow; nobody else's comment is ever touched, whatever it holds."""
_PAGES = 20
_PER_PAGE = 100


def write_comment(runner: Runner, number: int, text: str, scope: str) -> None:
    """Create the comment, or replace what it says.

    Args:
        runner: for the REST interface.
        number: of the pull request.
        text: Markdown.
        scope: tells several servers of one repository apart.

    Raises:
        GitHubError: the comment cannot be written, for example on a pull request of a fork.
    """
    marker = f"<!-- skillaudit {scope.replace('--', '- -')} -->"
    body = {"body": f"{marker}\n{text}"}
    own = next((one for one in _comments(runner, number) if _is_own(one, marker)), None)
    if own is None:
        runner.request("POST", f"repos/{runner.repository}/issues/{number}/comments", body)
    else:
        runner.request("PATCH", f"repos/{runner.repository}/issues/comments/{int(own['id'])}", body)


def pull_request_of(runner: Runner, owner: str, branch: str, sha: str) -> int | None:
    """The open pull request whose head is the commit, None where there is none.

    Args:
        runner: for the REST interface.
        owner: of the repository that the head is in.
        branch: of the head.
        sha: of the head; the branch alone may have moved on.

    Raises:
        GitHubError: it cannot be asked.
    """
    head = quote(f"{owner}:{branch}", safe="")
    found = runner.request("GET", f"repos/{runner.repository}/pulls?state=open&per_page=100&head={head}")
    for one in found if isinstance(found, list) else []:
        if isinstance(one, dict) and (one.get("head") or {}).get("sha") == sha:
            return int(one["number"])
    return None


def _comments(runner: Runner, number: int) -> Iterator[dict[str, Any]]:
    for page in range(1, _PAGES + 1):
        path = f"repos/{runner.repository}/issues/{number}/comments?per_page={_PER_PAGE}&page={page}"
        found = runner.request("GET", path)
        yield from (one for one in found if isinstance(one, dict))
        if len(found) < _PER_PAGE:
            return


def _is_own(comment: dict[str, Any], marker: str) -> bool:
    author = (comment.get("user") or {}).get("login")
    return author == _BOT and str(comment.get("body") or "").startswith(marker)
