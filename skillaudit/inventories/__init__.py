"""What `inventory.py` is composed of: predicates on paths and bytes, and readers of package manifests."""
