"""Step 4, the gate: cards are found in their sources, statements are held against their cards."""
