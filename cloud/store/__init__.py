"""What is kept: the ledger in SQL, the series behind one Protocol."""
