"""What a daily report is made of, without a database and without a clock."""
