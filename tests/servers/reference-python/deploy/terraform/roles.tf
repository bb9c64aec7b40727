resource "aws_iam_role" "server" {
  name               = "docvault-server"
  assume_role_policy = data.aws_iam_policy_document.ecs_tasks.json
}

resource "aws_iam_role" "subscription" {
  name               = "docvault-log-subscription"
  assume_role_policy = data.aws_iam_policy_document.logs.json
}

resource "aws_iam_role" "firehose" {
  name               = "docvault-log-firehose"
  assume_role_policy = data.aws_iam_policy_document.firehose.json
}

data "aws_iam_policy_document" "ecs_tasks" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "logs" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["logs.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "firehose" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["firehose.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "server_logs" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.security.arn}:*"]
  }
  statement {
    effect    = "Deny"
    actions   = ["logs:Delete*", "logs:PutRetentionPolicy", "s3:DeleteObject*", "s3:PutObject*"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "server_logs" {
  role   = aws_iam_role.server.id
  policy = data.aws_iam_policy_document.server_logs.json
}

resource "aws_iam_role_policy" "subscription" {
  role = aws_iam_role.subscription.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["firehose:PutRecord", "firehose:PutRecordBatch"]
      Resource = aws_kinesis_firehose_delivery_stream.archive.arn
    }]
  })
}

resource "aws_iam_role_policy" "firehose" {
  role = aws_iam_role.firehose.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:PutObject", "s3:AbortMultipartUpload", "s3:GetBucketLocation"]
      Resource = [aws_s3_bucket.archive.arn, "${aws_s3_bucket.archive.arn}/*"]
    }]
  })
}
