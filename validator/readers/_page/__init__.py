"""From placed characters to paragraphs, tables and page furniture: PDF and OFD."""
