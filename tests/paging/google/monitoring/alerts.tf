resource "google_logging_metric" "auth_failure" {
  name   = "auth_failure"
  filter = "resource.labels.service_name=\"mcp-notes\" AND jsonPayload.event=\"auth_failure\""
}

resource "google_monitoring_notification_channel" "pager" {
  display_name = "pager"
  type         = "pagerduty"
}

resource "google_monitoring_notification_channel" "mail" {
  display_name = "mail"
  type         = "email"
}

resource "google_monitoring_alert_policy" "burst" {
  display_name          = "Auth failure burst"
  severity              = "CRITICAL"
  notification_channels = [google_monitoring_notification_channel.pager.id]
  conditions {
    display_name = "three in a minute"
    condition_threshold {
      filter          = "metric.type=\"logging.googleapis.com/user/auth_failure\""
      comparison      = "COMPARISON_GT"
      threshold_value = 2
      duration        = "0s"
      aggregations {
        alignment_period = "60s"
      }
    }
  }
}

resource "google_monitoring_alert_policy" "scope" {
  display_name          = "Scope denied"
  severity              = "WARNING"
  notification_channels = [google_monitoring_notification_channel.mail.id]
  conditions {
    display_name = "any"
    condition_matched_log {
      filter = "resource.labels.service_name=\"mcp-notes\" AND jsonPayload.event=\"scope_denied\""
    }
  }
}
