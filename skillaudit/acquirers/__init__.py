"""Ways to get a tree without running anything in it; `skillaudit.acquire` picks one."""
