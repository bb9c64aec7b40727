resource "azurerm_storage_account" "archive" {
  name = "mcparchive"
  immutability_policy {
    state                         = "Locked"
    allow_protected_append_writes = true
    period_since_creation_in_days = 400
  }
}

resource "azurerm_linux_web_app" "server" {
  name = "mcp-server"
  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_monitor_diagnostic_setting" "logs" {
  name               = "archive"
  target_resource_id = azurerm_linux_web_app.server.id
  storage_account_id = azurerm_storage_account.archive.id
  enabled_log {
    category = "AppServiceConsoleLogs"
  }
}

resource "azurerm_role_assignment" "reads" {
  scope                = azurerm_storage_account.archive.id
  role_definition_name = "Reader"
  principal_id         = azurerm_linux_web_app.server.identity[0].principal_id
}
