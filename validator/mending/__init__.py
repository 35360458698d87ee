"""Takes vendor text out of a report, byte for byte nothing else, and proves it before anything is written.

What is taken out can only be vendor text: whole lines and paragraphs, watermarks, properties. Passages inside
a sentence of the report, weak signs and hidden text are taken out only when that is asked for.
"""
