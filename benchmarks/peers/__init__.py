"""Other systems beside Quoth: same documents, same questions, same model files."""
