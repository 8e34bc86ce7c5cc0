"""Step 3: from `content/` to typed summaries, comparisons and the overview, with the place of every value."""
