-- One row: how surprising a change is. Two figures: the absolute logarithm of their ratio, by asinh, which is nearly the
-- same and also has an answer for nought and for figures below it. A figure that is there on one side only, or another
-- unit, counts as a change by a factor that the registry names. Times the weight of a headline figure.
SELECT
  CAST(
    round(
      weight * greatest(
        CASE
          WHEN old_value IS NULL AND new_value IS NULL THEN 0
          WHEN old_value IS NULL OR new_value IS NULL THEN ln(getvariable('factor_of_absence'))
          ELSE abs(asinh(new_value) - asinh(old_value))
        END,
        CASE WHEN old_unit <> new_unit THEN ln(getvariable('factor_of_absence')) ELSE 0 END
      ),
      3
    ) AS DECIMAL(9, 3)
  )
