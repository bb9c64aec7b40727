resource "azurerm_monitor_action_group" "pager" {
  name = "pager"
  voice_receiver {
    name         = "on-call"
    phone_number = "5550100"
  }
}

resource "azurerm_monitor_action_group" "mail" {
  name = "mail"
  email_receiver {
    name          = "team"
    email_address = "mcp@example.com"
  }
}

resource "azurerm_monitor_scheduled_query_rules_alert_v2" "burst" {
  name            = "auth-failure-burst"
  severity        = 0
  window_duration = "PT5M"
  criteria {
    query     = "ContainerAppConsoleLogs_CL | where ContainerAppName_s == 'mcp-notes' | where Log_s has 'auth_failure'"
    operator  = "GreaterThanOrEqual"
    threshold = 3
  }
  action {
    action_groups = [azurerm_monitor_action_group.pager.id]
  }
}

resource "azurerm_monitor_scheduled_query_rules_alert_v2" "scope" {
  name            = "scope-denied"
  severity        = 3
  window_duration = "PT10M"
  criteria {
    query     = "ContainerAppConsoleLogs_CL | where ContainerAppName_s == 'mcp-notes' | where Log_s has 'scope_denied'"
    operator  = "GreaterThan"
    threshold = 5
  }
  action {
    action_groups = [azurerm_monitor_action_group.mail.id]
  }
}
