resource "google_service_account" "server" {
  account_id = "mcp-server"
}

resource "google_cloud_run_v2_service" "server" {
  name     = "mcp-server"
  location = "europe-west3"
  template {
    service_account = google_service_account.server.email
    containers {
      image = "europe-docker.pkg.dev/example/mcp/server:1"
    }
  }
}

resource "google_project_iam_member" "writes" {
  project = "example"
  role    = "roles/logging.logWriter"
  member  = "serviceAccount:${google_service_account.server.email}"
}

resource "google_storage_bucket" "audit" {
  name     = "example-mcp-audit"
  location = "EU"
  retention_policy {
    is_locked        = true
    retention_period = 31536000
  }
}

resource "google_logging_project_sink" "audit" {
  name        = "mcp-audit"
  destination = "storage.googleapis.com/${google_storage_bucket.audit.name}"
  filter      = "resource.type = cloud_run_revision"
}
