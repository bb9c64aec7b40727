resource "datadog_monitor" "burst" {
  name     = "Auth failure burst"
  type     = "log alert"
  priority = 1
  query    = "logs(\"service:mcp-notes @event:auth_failure\").index(\"*\").rollup(\"count\").by(\"@caller\").last(\"1m\") >= 3"
  message  = "@pagerduty-mcp"
}

resource "datadog_monitor" "scope" {
  name     = "Scope denied"
  type     = "log alert"
  priority = 4
  query    = "logs(\"service:mcp-notes @event:scope_denied\").index(\"*\").rollup(\"count\").last(\"10m\") > 5"
  message  = "@slack-mcp"
}
