"""Daily reports: made at their time, told to whom they are for, shown and taken away."""
