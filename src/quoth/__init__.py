"""Ask a folder of documents a question; get back the passages that answer it, word for word."""
