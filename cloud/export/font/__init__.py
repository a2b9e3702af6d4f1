"""The Chinese font of PDF files, cut to what Chinese text can hold: `python -m cloud.export.font FONT LICENCE`."""
