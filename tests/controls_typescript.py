"""The controls of the reference server in TypeScript, one case each."""

from controls import case, put, without

AUTH, HTTP, LOG, SESSION = "src/auth.ts", "src/http.ts", "security/log.ts", "src/session.ts"
GUARDS, TOOL, SERVER = "security/guards.ts", "security/instrument.ts", "src/server.ts"
ADMIN, ARTICLES, WEB, NET, STORE = "tools/admin.ts", "tools/articles.ts", "tools/web.ts", "src/net.ts", "src/store.ts"

TYPESCRIPT = {
    "a record of connections": case(
        "SA102", (HTTP, without("      log.security({ event: 'session_initialized'", "});\n"))
    ),
    "a record of rejected callers": case(
        "SA102 SA103 SA113",
        (AUTH, without("  log.security({ event: 'auth_failure'", "...failure });\n")),
        (AUTH, without("  if (req.body?.method === 'initialize') log", "...failure });\n")),
    ),
    "its reason": case("SA103", (AUTH, put("    reason,\n", ""))),
    "who calls, in it": case("SA103 SA113", (AUTH, put("    callerId,\n", ""))),
    "its tool": case("SA103", (AUTH, put("    toolRequested: req.body?.params?.name,\n", ""))),
    "its resource": case("SA103", (AUTH, without("    resourceId: hash(", ",\n"))),
    "its count of failures": case("SA103", (AUTH, put("    sessionFailureCount: seen.failures,\n", ""))),
    "its age of the session": case("SA103", (AUTH, put("    sessionAge: Date.now() - seen.firstSeen,\n", ""))),
    "age of the session": case("SA103 SA114", (GUARDS, put(", sessionAge: Date.now() - session.startedAt", ""))),
    "missing scope": case("SA102 SA103 SA113", (TOOL, without("  log.security({\n    event: 'auth_failure'", "});\n"))),
    "somebody else's article": case("SA103 SA104 SA505", (ARTICLES, without("    log.security({", "});\n"))),
    "its owner, hashed": case("SA104", (ARTICLES, put("      resourceOwner: hash(article.owner),\n", ""))),
    "callers, hashed": case(
        "SA111",
        (
            AUTH,
            put(
                "    res.locals.caller =",
                "    log.operations('admitted', { email: claims.email });\n    res.locals.caller =",
            ),
        ),
    ),
    "burst": case("SA106 SA505", (GUARDS, without("  if (repeated.length > limits.repeatedCalls) {", "  }\n"))),
    "chain": case("SA106 SA505", (GUARDS, without("  if (leaves && ", "\n  }\n"))),
    "enumeration": case("SA106 SA505", (GUARDS, without("  if (distinct.size >= toolCount", "  }\n"))),
    "a log of calls": case("SA106", (SESSION, put("  session.callLog.push(call);\n", ""))),
    "the guard is asked": case("SA106", (TOOL, put("      inspectCalls(session, toolCount);\n", ""))),
    "single response": case("SA107 SA505", (GUARDS, without("  if (bytes > limits.singleResponseBytes) {", "  }\n"))),
    "bytes of a session": case(
        "SA107 SA505", (GUARDS, without("  if (session.inboundBytes > limits.sessionBytes) {", "  }\n"))
    ),
    "outbound bodies": case("SA107", (WEB, without("    countOutbound(", "));\n"))),
    "protected paths": case(
        "SA108", (ARTICLES, put("    refuseProtectedPath(session, 'save_article', article.path);\n", ""))
    ),
    "a record of blocked writes": case(
        "SA108 SA505", (GUARDS, without("  log.security({ event: 'write_to_protected_path'", "});\n"))
    ),
    "second factor": case("SA109 SA505", (ADMIN, without("    if (!confirmed(confirmation)) {", "    }\n"))),
    "a record of a change": case(
        "SA109 SA505", (ADMIN, without("    log.security({ event: 'config_change',", "});\n"))
    ),
    "hash of the surface": case("SA112", (SERVER, without("  log.security({ event: 'tool_surface'", "});\n"))),
    "a record of calls": case(
        "SA105 SA113 SA114", (TOOL, without("      log.security({\n        event: 'tool_call'", "});\n"))
    ),
    "its outcome": case("SA114", (TOOL, put("        outcome,\n", ""))),
    "its duration": case("SA114", (TOOL, put("        durationMs: Math.round(performance.now() - startedAt),\n", ""))),
    "its arguments, hashed": case("SA114", (TOOL, put("        argsHash,\n        bytes,\n", "        bytes,\n"))),
    "its bytes": case("SA114", (TOOL, put("        argsHash,\n        bytes,\n", "        argsHash,\n"))),
    "arguments stay out": case(
        "SA303",
        (TOOL, put("        argsHash,\n        bytes,\n", "        argsHash,\n        bytes,\n        input: args,\n")),
    ),
    "tokens stay out": case(
        "SA302",
        (AUTH, put("    if (await revoked", "    log.operations('presented', { presented });\n    if (await revoked")),
    ),
    "JSON": case(
        "SA101 SA201 SA401",
        (LOG, put("'pino/file', level: 'info', options", "'pino-pretty', level: 'info', options")),
        (LOG, without("    {\n      target: 'pino-loki'", "\n    },\n")),
    ),
    "a sink elsewhere": case("SA401", (LOG, without("    {\n      target: 'pino-loki'", "\n    },\n"))),
    "inside the root": case("SA603", (STORE, without("  if (inside[0] === '..'", "  }\n"))),
    "allow-list of hosts": case(
        "SA601",
        (NET, put(" || !config.allowedHosts.has(url.hostname)", "")),
        (
            NET,
            put(" || found.some(({ address, family }) => internal.check(address, family === 6 ? 'ipv6' : 'ipv4'))", ""),
        ),
    ),
}
