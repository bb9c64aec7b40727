resource "aws_cloudwatch_log_group" "security" {
  name              = "/mcp/docvault/security"
  retention_in_days = 400
}

resource "aws_cloudwatch_log_group" "console" {
  name              = "/mcp/docvault/console"
  retention_in_days = 90
}

resource "aws_s3_bucket" "archive" {
  bucket              = "docvault-security-log-archive"
  object_lock_enabled = true
}

resource "aws_s3_bucket_object_lock_configuration" "archive" {
  bucket = aws_s3_bucket.archive.id
  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 400
    }
  }
}

resource "aws_cloudwatch_log_subscription_filter" "archive" {
  name            = "archive"
  log_group_name  = aws_cloudwatch_log_group.security.name
  filter_pattern  = ""
  destination_arn = aws_kinesis_firehose_delivery_stream.archive.arn
  role_arn        = aws_iam_role.subscription.arn
}

resource "aws_kinesis_firehose_delivery_stream" "archive" {
  name        = "docvault-security-log"
  destination = "extended_s3"
  extended_s3_configuration {
    role_arn   = aws_iam_role.firehose.arn
    bucket_arn = aws_s3_bucket.archive.arn
  }
}
