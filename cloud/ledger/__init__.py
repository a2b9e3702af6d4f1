"""What an event means for alarms, cases, visits and gates: tables and pure functions, without time, thread or I/O."""
