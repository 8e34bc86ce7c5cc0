"""Step 5: from verified summaries and an audience to products as plain data. Labels are applied here, once."""
