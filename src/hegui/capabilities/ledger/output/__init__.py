"""What a ledger doctor hands back (体检结果): annotated copy, report, chart; and the empty workbook to begin with."""
