resource "aws_s3_bucket" "loki" {
  bucket              = "mcp-loki"
  object_lock_enabled = true
}

resource "aws_s3_bucket_object_lock_configuration" "loki" {
  bucket = aws_s3_bucket.loki.id
  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = 1
    }
  }
}
