resource "aws_cloudwatch_log_group" "CANARY" {
  name = "CANARY"
  retention_in_days = 3
}
variable "token" {
  default = "CANARY"
}
provider "aws" {
  secret_key = "CANARY"
}
