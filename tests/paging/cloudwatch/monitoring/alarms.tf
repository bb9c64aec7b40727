resource "aws_cloudwatch_log_metric_filter" "auth_failure" {
  name           = "auth-failure"
  log_group_name = "/mcp/mcp-notes"
  pattern        = "{ $.event = \"auth_failure\" }"

  metric_transformation {
    name      = "AuthFailure"
    namespace = "MCP"
    value     = "1"
  }
}

resource "aws_sns_topic" "pager" {
  name = "pager"
}

resource "aws_sns_topic_subscription" "pager" {
  topic_arn = aws_sns_topic.pager.arn
  protocol  = "https"
  endpoint  = "https://events.pagerduty.com/integration/key/enqueue"
}

resource "aws_cloudwatch_metric_alarm" "auth_failure" {
  alarm_name          = "auth-failure-burst"
  namespace           = "MCP"
  metric_name         = "AuthFailure"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 3
  alarm_actions       = [aws_sns_topic.pager.arn]
  tags                = { severity = "P0" }
}

resource "aws_sns_topic" "mail" {
  name = "mail"
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn = aws_sns_topic.mail.arn
  protocol  = "email"
  endpoint  = "mcp@example.com"
}

resource "aws_cloudwatch_log_metric_filter" "scope_denied" {
  name           = "scope-denied"
  log_group_name = "/mcp/mcp-notes"
  pattern        = "{ $.event = \"scope_denied\" }"

  metric_transformation {
    name      = "ScopeDenied"
    namespace = "MCP"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "scope_denied" {
  alarm_name          = "scope-denied"
  namespace           = "MCP"
  metric_name         = "ScopeDenied"
  statistic           = "Sum"
  period              = 600
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
  alarm_actions       = [aws_sns_topic.mail.arn]
  tags                = { severity = "P3" }
}
