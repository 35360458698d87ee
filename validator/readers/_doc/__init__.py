"""Old Word files (OLE2)."""
