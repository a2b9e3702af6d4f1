"""What has had its time goes: every hour, and whenever a ledger is put back."""
