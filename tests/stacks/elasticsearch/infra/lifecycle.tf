resource "elasticstack_elasticsearch_index_lifecycle" "logs" {
  name = "logs-mcp"
  hot {
    rollover {
      max_age = "1d"
    }
  }
  delete {
    min_age = "180d"
    delete {}
  }
}
