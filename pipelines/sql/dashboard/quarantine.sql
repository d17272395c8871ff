-- One row is a raw file that could not be read.
SELECT path, reason, detail, message_zh, message_en FROM core.quarantine ORDER BY path
