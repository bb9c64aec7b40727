resource "azurerm_log_analytics_workspace" "logs" {
  name              = "mcp-logs"
  retention_in_days = 180
}

resource "azurerm_container_app_environment" "main" {
  name                       = "mcp"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id
}

resource "azurerm_container_app" "server" {
  name                         = "mcp-server"
  container_app_environment_id = azurerm_container_app_environment.main.id
  identity {
    type = "SystemAssigned"
  }
  template {
    container {
      name  = "server"
      image = "example.azurecr.io/mcp-server:1"
    }
  }
}

resource "azurerm_role_assignment" "reads" {
  scope                = azurerm_log_analytics_workspace.logs.id
  role_definition_name = "Reader"
  principal_id         = azurerm_container_app.server.identity[0].principal_id
}
