"""What a run leaves beside its page: a workbook, charts for slides, and a document to print."""
