-- One row: the change in percent of the old figure, NULL where there is none to compare with.
SELECT CAST(round(100 * (new_value - old_value) / nullif(abs(old_value), 0), 1) AS DECIMAL(38, 1))
