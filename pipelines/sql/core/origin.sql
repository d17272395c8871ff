-- One row is where some bytes were fetched from; a report leads back to its address by the digest of its bytes.
SELECT * FROM given_origin
