variable "retention" {
  type    = number
  default = 365
}

locals {
  name = "mcp-server"
}

resource "aws_cloudwatch_log_group" "server" {
  name              = "/ecs/${local.name}"
  retention_in_days = var.retention
}

resource "aws_iam_role" "task" {
  name = "${local.name}-task"
}

data "aws_iam_policy_document" "task" {
  statement {
    effect    = "Allow"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.server.arn}:*"]
  }
}

resource "aws_iam_role_policy" "task" {
  role   = aws_iam_role.task.id
  policy = data.aws_iam_policy_document.task.json
}

resource "aws_ecs_task_definition" "server" {
  family        = local.name
  task_role_arn = aws_iam_role.task.arn
  container_definitions = jsonencode([
    {
      name  = "server"
      image = "registry.example.com/mcp-server:1"
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          "awslogs-group"         = aws_cloudwatch_log_group.server.name
          "awslogs-region"        = "eu-central-1"
          "awslogs-stream-prefix" = "server"
        }
      }
    }
  ])
}
