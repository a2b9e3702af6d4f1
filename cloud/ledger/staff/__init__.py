"""What people on duty have to do, and who is on duty: pure tables. Times are UTC milliseconds, days are the site's own."""
