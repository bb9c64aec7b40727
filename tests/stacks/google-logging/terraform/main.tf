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
      args  = ["python", "server.py"]
    }
  }
}

resource "google_project_iam_member" "writes" {
  project = "example"
  role    = "roles/logging.logWriter"
  member  = "serviceAccount:${google_service_account.server.email}"
}

resource "google_logging_project_bucket_config" "default" {
  project        = "example"
  location       = "global"
  bucket_id      = "_Default"
  retention_days = 400
}
