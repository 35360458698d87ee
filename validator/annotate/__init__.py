"""Findings as Word comments: their places (`anchors`), the XML (`runs`, `comments`), the file (`word`)."""
