"""What the work is about, as frozen values and pure rules; no files, no SQL, no Qt."""
