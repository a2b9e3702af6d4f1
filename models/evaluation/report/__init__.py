"""The evaluation as one page of HTML that needs nothing else: figures, curves, tables, the worst mistakes."""
