"""Working things out from what is handed in: no table, no clock, no request. Content, sums, days, files, pictures."""
