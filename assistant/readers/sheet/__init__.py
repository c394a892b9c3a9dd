"""Spreadsheets: how a cell is displayed, and the sheets of a workbook as rows of cells."""
