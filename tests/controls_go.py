"""The controls of the reference server in Go, one case each."""

from controls import behind, case, put, without

AUDIT, AUTH, GUARDS, TOOLS, SHELF, WEB, LOGGER = (
    "audit.go", "auth.go", "guards.go", "tools.go", "shelf.go", "web.go", "logger.go",
)  # fmt: skip

GO = {
    "a record of connections": case(
        "SA102", (AUTH, without('		if asked.Method == "initialize" {\n			securityLog', "		}\n"))
    ),
    "a record of rejected callers": case(
        "SA102 SA103 SA113",
        (AUTH, without('	securityLog.Warn("auth_failure"', "caller.age())\n", "	_ = event\n")),
    ),
    "its reason": case("SA103", (AUTH, put('"reason", reason, ', ""))),
    "who calls, in it": case(
        "SA103 SA113", (AUTH, put('"caller", caller.caller, "session", caller.id,\n		"tool"', '"tool"'))
    ),
    "its tool": case("SA103", (AUTH, put('		"tool", asked.Params.Name, ', "		"))),
    "its resource": case("SA103", (AUTH, put('"resource", digest(asked.Params.Arguments), ', ""))),
    "its count of failures": case("SA103", (AUTH, put('"failures", caller.failures, ', ""))),
    "its age of the session": case(
        "SA103",
        (
            AUTH,
            put(
                '"failures", caller.failures, "session_age_ms", caller.age())\n	http.Error',
                '"failures", caller.failures)\n	http.Error',
            ),
        ),
    ),
    "missing scope": case(
        "SA102 SA103 SA113", (AUDIT, without('		securityLog.Warn("auth_failure"', "caller.age())\n"))
    ),
    "somebody else's note": case(
        "SA102 SA103 SA104 SA113 SA505", (SHELF, without('		securityLog.Warn("idor_attempt"', "s.age())\n"))
    ),
    "its owner, hashed": case(
        "SA104", (SHELF, put('			"resource_owner", digest(found.owner), ', "			"))
    ),
    "callers, hashed": case(
        "SA111",
        (
            AUTH,
            behind(
                "		subject, _ := claims.GetSubject()\n",
                '		securityLog.Info("admitted", "email", claims["email"])\n',
            ),
        ),
    ),
    "burst": case(
        "SA106 SA505",
        (GUARDS, without("	if repeated > limit(&limits.RepeatedCalls) {", "	}\n", "	_ = repeated\n")),
    ),
    "chain": case("SA106 SA505", (GUARDS, without("	if hasEffect(recent, retrieval) {", "	}\n"))),
    "enumeration": case("SA106 SA505", (GUARDS, without("	if len(distinct) >= toolCount", "	}\n"))),
    "a log of calls": case("SA106", (GUARDS, put("	s.calls = append(s.calls, one)\n", ""))),
    "the guard is asked": case("SA106 SA505", (AUDIT, put("		caller.inspect(len(effects))\n", ""))),
    "single response": case(
        "SA107 SA505", (GUARDS, without("	if bytes > limit(&limits.SingleResponseBytes) {", "	}\n"))
    ),
    "bytes of a session": case(
        "SA107 SA505", (GUARDS, without("	if s.responseBytes > limit(&limits.SessionBytes) {", "	}\n"))
    ),
    "outbound bodies": case("SA107 SA505", (TOOLS, without("	if err := caller.countOutbound", "	}\n"))),
    "protected paths": case("SA108", (TOOLS, without("	if err := caller.requireUnprotected", "	}\n"))),
    "a record of blocked writes": case(
        "SA102 SA108 SA113", (GUARDS, without('		securityLog.Error("write_to_protected_path"', "s.id)\n"))
    ),
    "second factor": case("SA109 SA505", (TOOLS, without("	if subtle.ConstantTimeCompare", "	}\n"))),
    "a record of a change": case(
        "SA109 SA505", (TOOLS, without('	securityLog.Warn("config_change"', "caller.id)\n"))
    ),
    "hash of the surface": case("SA112", (AUDIT, without('	securityLog.Info("tool_surface"', "))\n"))),
    "a record of calls": case(
        "SA105 SA113 SA114", (AUDIT, without('		securityLog.Info("tool_call"', "caller.age())\n"))
    ),
    "its outcome": case("SA114", (AUDIT, put(', "outcome", outcomeOf(result, err)', ""))),
    "its duration": case(
        "SA114", (AUDIT, put('			"duration_ms", time.Since(started).Milliseconds(), ', "			"))
    ),
    "its arguments, hashed": case("SA114", (AUDIT, put('			"args_hash", arguments, ', "			"))),
    "its bytes": case("SA114", (AUDIT, put('"bytes", sizeOf(result), ', ""))),
    "arguments stay out": case(
        "SA303", (AUDIT, put('"args_hash", arguments, ', '"args_hash", arguments, "args", req.GetArguments(), '))
    ),
    "tokens stay out": case(
        "SA302",
        (
            AUTH,
            put(
                "		claims := jwt.MapClaims{}\n",
                '		securityLog.Info("asked", "presented", presented)\n		claims := jwt.MapClaims{}\n',
            ),
        ),
    ),
    "JSON": case(
        "SA101 SA201", (LOGGER, put("slog.NewJSONHandler(os.Stderr, nil)", "slog.NewTextHandler(os.Stderr, nil)"))
    ),
    "a sink elsewhere": case(
        "SA401",
        (LOGGER, without("	exporter, err := otlploghttp", "provider.Shutdown(ctx) }\n", "	return func() {}\n")),
    ),
    "inside the root": case(
        "SA603",
        (SHELF, put('filepath.Join(root, filepath.Clean("/"+name))', "filepath.Join(root, name)")),
        (SHELF, without("	if err != nil || strings.HasPrefix", "	}\n")),
    ),
    "allow-list of hosts": case(
        "SA601", (WEB, put(" || !slices.Contains(allowedHosts, strings.ToLower(target.Hostname()))", ""))
    ),
}
