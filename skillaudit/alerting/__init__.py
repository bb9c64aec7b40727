"""Alert rules and routes, one module a tool: each says what its rules ask and whom its routes reach."""
