"""Data of the field: frameworks, outlines, the workbook and its figures."""
