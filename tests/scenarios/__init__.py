"""Rules told in Markdown: headings are cases, code blocks are files, comments mark the findings."""
