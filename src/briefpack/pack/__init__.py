"""Step 1: settings and each summary's `source` block, as written and as resolved."""
