"""The controls of the reference server in Python, one case each."""

from controls import behind, case, put, without

AUTH, AUDIT, GUARDS, TOOLS = "docvault_mcp/auth.py", "security/audit.py", "security/guards.py", "docvault_mcp/tools.py"
LOGGER, SERVER, NET = "security/logger.py", "docvault_mcp/server.py", "docvault_mcp/net.py"
STORAGE, SESSION = "docvault_mcp/storage.py", "security/session.py"
ROUTES, RULES, COMPOSE = "monitoring/alertmanager.yml", "monitoring/alerts.yml", "deploy/compose.yaml"

PYTHON = {
    "a record of connections": case(
        "SA102", (AUTH, without("            if message", "**session.who(),\n                )\n"))
    ),
    "a record of rejected callers": case(
        "SA102 SA103 SA113", (AUTH, put("self._record_failure(session, asked, rejection)", "pass"))
    ),
    "its reason": case("SA103", (AUTH, put('            "reason": rejection.reason,\n', ""))),
    "its tool": case("SA103", (AUTH, put('            "tool": asked.tool,\n', ""))),
    "its resource": case("SA103", (AUTH, put('            "resource": asked.resource,\n', ""))),
    "its count of failures": case("SA103", (AUTH, put('            "failures": len(session.failures),\n', ""))),
    "who calls, in it": case("SA103 SA113", (AUTH, put("            **session.who(),\n        }", "        }"))),
    "age of the session": case("SA103 SA114", (SESSION, put(', "session_age_ms": self.age_ms', ""))),
    "missing scope": case(
        "SA102 SA103 SA113",
        (AUDIT, without('        security_event(\n            "auth_failure"', "**session.who(),\n        )\n")),
    ),
    "somebody else's document": case(
        "SA103 SA104",
        (
            TOOLS,
            without(
                '            security.security_event(\n                "idor_attempt"',
                "**session.who(),\n            )\n",
            ),
        ),
    ),
    "its owner, hashed": case("SA104", (TOOLS, put("                resource_owner=digest(document.owner),\n", ""))),
    "callers, hashed": case(
        "SA111",
        (
            AUTH,
            put(
                "        session.scopes =",
                '        security_event("admitted", email=claims["email"], **session.who())\n        session.scopes =',
            ),
        ),
    ),
    "burst": case("SA106", (GUARDS, without("        if len(same) > self._limits.burst_calls:", ")\n"))),
    "chain": case(
        "SA106",
        (
            GUARDS,
            without(
                "        if any(c.effect is Effect.RETRIEVAL for c in recent):", "**session.who(),\n            )\n"
            ),
        ),
    ),
    "enumeration": case(
        "SA106", (GUARDS, without('            security_event("enumeration_alert"', ")\n", "            return\n"))
    ),
    "a log of calls": case("SA106", (GUARDS, put("        session.call_log.append(call)\n", ""))),
    "the guard is asked": case("SA106", (AUDIT, without("                AnomalyGuard(LIMITS", "(session, call)\n"))),
    "single response": case(
        "SA107", (GUARDS, without("        if size > self._limits.single_response:", 'too large")\n'))
    ),
    "bytes of a session": case(
        "SA107",
        (GUARDS, without("        if session.response_bytes > self._limits.session_bytes:", 'read too much")\n')),
    ),
    "outbound bodies": case("SA107", (TOOLS, without("        volume.outbound(session", ")))\n"))),
    "protected paths": case("SA108", (TOOLS, without("        security.require_unprotected(", ")\n"))),
    "a record of blocked writes": case(
        "SA108", (GUARDS, without('        security_event("write_to_protected_path"', ")\n"))
    ),
    "second factor": case("SA109", (TOOLS, without("        if not hmac.compare_digest", 'code is wrong")\n'))),
    "a record of a change": case(
        "SA109",
        (
            TOOLS,
            without('        security.security_event(\n            "config_change"', "**session.who()\n        )\n"),
        ),
    ),
    "hash of the surface": case(
        "SA112", (SERVER, without("        self._surface = record_surface", "self._surface)\n"))
    ),
    "a record of calls": case(
        "SA105 SA113 SA114",
        (
            AUDIT,
            without(
                '                security_event(\n                    "tool_call"',
                "**session.who(),\n                )\n",
            ),
        ),
    ),
    "its outcome": case(
        "SA114", (AUDIT, put("                    outcome=outcome,\n                    error=error,\n", ""))
    ),
    "its duration": case("SA114", (AUDIT, without("                    duration_ms=", "* 1000),\n"))),
    "its arguments, hashed": case(
        "SA114",
        (
            AUDIT,
            put("                    args_hash=args_hash,\n                    bytes", "                    bytes"),
        ),
    ),
    "its bytes": case("SA114", (AUDIT, put("                    bytes=size,\n", ""))),
    "it is written on failure too": case(
        "SA102 SA113 SA114",
        (AUDIT, put("                return result\n", "                answer = result\n")),
        (AUDIT, put("            finally:\n", "            else:\n")),
        (AUDIT, put("after_call(session, call)\n", "after_call(session, call)\n                return answer\n")),
    ),
    "arguments stay out": case(
        "SA303",
        (
            AUDIT,
            put(
                "                    args_hash=args_hash,\n                    bytes",
                "                    args_hash=args_hash,\n                    args=given,\n                    bytes",
            ),
        ),
    ),
    "tokens stay out": case(
        "SA302",
        (
            AUTH,
            behind(
                "        headers = Headers(scope=scope)\n",
                '        security_event("asked", presented=headers.get("authorization"))\n',
            ),
        ),
    ),
    "JSON": case(
        "SA101 SA201",
        (LOGGER, put("structlog.processors.JSONRenderer(sort_keys=True)", "structlog.dev.ConsoleRenderer()")),
    ),
    "a sink elsewhere": case(
        "SA401",
        (LOGGER, without("    if log_group is not None:\n", "create_log_group=False))\n")),
        (COMPOSE, without("    logging:", '"false"\n')),
    ),
    "allow-list of hosts": case(
        "SA601",
        (NET, put(" or host not in self._hosts", "")),
        (NET, without("    if not all(ip", 'approved hosts")\n')),
    ),
    "inside the root": case(
        "SA603",
        (STORAGE, put("(self._root / name).resolve()", "self._root / name")),
        (STORAGE, without("        if not path.is_relative_to", 'such document")\n')),
    ),
}
