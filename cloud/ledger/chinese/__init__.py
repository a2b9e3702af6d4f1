"""What gates say of an alarm, in Chinese: `docs/decisions/0025-alarm-details-are-put-into-chinese-by-the-cloud.md`."""
