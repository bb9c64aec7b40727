"""The tools. Each wears `@recorded`, below `@mcp.tool()`, so that no call goes unrecorded."""

import hashlib
import hmac
import logging
import time

from mcp.server.fastmcp import Context, FastMCP

from . import security
from .config import LIMITS, Settings
from .errors import Forbidden, VaultError
from .net import ApprovedHosts
from .security import digest, recorded
from .security.audit import session_of, volume
from .security.session import Effect, Session
from .storage import Document, Vault


def register(mcp: FastMCP, settings: Settings) -> None:
    vault = Vault(settings.root)
    web = ApprovedHosts(settings.fetch_hosts)

    def owned(session: Session, tool: str, name: str) -> Document:
        document = vault.resolve(name)
        if document.owner != session.owner:
            session.failures.append(time.monotonic())
            security.security_event(
                "idor_attempt",
                level=logging.WARNING,
                reason="idor",
                tool=tool,
                resource=digest(name),
                resource_owner=digest(document.owner),
                failures=len(session.failures),
                **session.who(),
            )
            raise Forbidden("no such document")
        return document

    @mcp.tool()
    @recorded(Effect.RETRIEVAL, scope="read")
    async def list_documents(ctx: Context) -> str:
        """List the caller's documents."""
        return "\n".join(vault.names(session_of(ctx).owner))

    @mcp.tool()
    @recorded(Effect.RETRIEVAL, scope="read")
    async def read_document(name: str, ctx: Context) -> str:
        """Read one of the caller's documents, named owner/name."""
        return vault.read(owned(session_of(ctx), "read_document", name))

    @mcp.tool()
    @recorded(Effect.MUTATION, scope="write")
    async def write_document(name: str, text: str, ctx: Context) -> str:
        """Create or replace one of the caller's documents."""
        session = session_of(ctx)
        document = owned(session, "write_document", name)
        security.require_unprotected(session, "write_document", document.path.as_posix())
        vault.write(document, text)
        return "written"

    @mcp.tool()
    @recorded(Effect.EXTERNAL, scope="fetch")
    async def fetch_page(url: str, ctx: Context) -> str:
        """Fetch a page from an approved host."""
        return await web.get(url)

    @mcp.tool()
    @recorded(Effect.EXTERNAL, scope="fetch")
    async def publish_document(name: str, url: str, ctx: Context) -> str:
        """Send one of the caller's documents to an approved host."""
        session = session_of(ctx)
        text = vault.read(owned(session, "publish_document", name))
        volume.outbound(session, "publish_document", len(text.encode()))
        await web.post(url, text)
        return "published"

    @mcp.tool()
    @recorded(Effect.MUTATION, scope="admin")
    async def set_limit(limit: str, value: int, confirmation: str, ctx: Context) -> str:
        """Change a ceiling while the server runs; needs the administrator's confirmation code as well."""
        session = session_of(ctx)
        if limit not in vars(LIMITS) or value <= 0:
            raise VaultError("no such limit")
        given = hashlib.sha256(confirmation.encode()).hexdigest()
        if not hmac.compare_digest(given, settings.admin_code_sha256):
            security.security_event("config_change_denied", level=logging.ERROR, setting=limit, **session.who())
            raise Forbidden("the confirmation code is wrong")
        before = getattr(LIMITS, limit)
        setattr(LIMITS, limit, value)
        security.security_event(
            "config_change", level=logging.WARNING, setting=limit, before=before, after=value, **session.who()
        )
        return f"{limit} is now {value}"
