resource "datadog_logs_index" "mcp" {
  name           = "mcp"
  retention_days = 180
  filter {
    query = "service:mcp-server"
  }
}
