-- One row is one move of a concept from one year to the next within a segment of a body's series (looks at the whole
-- warehouse): is it a jump? A move is d = ln(1 + after) - ln(1 + before). Its score is the modified z-score of Iglewicz
-- and Hoaglin (1993), |d - median| / (1.4826 MAD), against the other moves of the same segment, and against the moves of
-- its peers in that year; the spread is never taken for less than the noise of two counts, sqrt(1/(1 + before) +
-- 1/(1 + after)) as for a Poisson count, nor than a least one. A move that both find unusual, where both can be asked,
-- is a jump; where neither can, one by a factor of ten. Known errors are mended first. Numbers are in core.threshold.
WITH bound AS (
  SELECT
    max(value) FILTER (threshold = 'jump_score')::DOUBLE AS score,
    max(value) FILTER (threshold = 'jump_spread')::DOUBLE AS spread,
    max(value) FILTER (threshold = 'jump_least_spread')::DOUBLE AS least_spread,
    max(value) FILTER (threshold = 'jump_least_moves') AS least_moves,
    max(value) FILTER (threshold = 'jump_least_peers') AS least_peers,
    max(value) FILTER (threshold = 'jump_factor')::DOUBLE AS factor
  FROM core.threshold
),
point AS (
  SELECT
    series.*,
    lag(believed) OVER beside AS before,
    lag(exact) OVER beside AS exact_before,
    lag(part_year) OVER beside AS part_year_before,
    lag(statuses) OVER beside AS statuses_before
  FROM mart.series AS series
  WINDOW beside AS (PARTITION BY body_id, concept ORDER BY time_period)
),
move AS (
  SELECT
    point.*,
    body.kind,
    body.level,
    body.resolved,
    ln(1 + believed::DOUBLE) - ln(1 + before::DOUBLE) AS move,
    sqrt(1 / (1 + before::DOUBLE) + 1 / (1 + believed::DOUBLE)) AS noise,
    list_has_any(list_concat(statuses, statuses_before), ['split', 'derived', 'blank_as_zero']) AS settled
  FROM point
  JOIN core.body AS body USING (body_id)
  WHERE previous_year = time_period - 1
    AND NOT is_break
    AND comparability <> 'none'
    AND exact AND exact_before
    AND NOT part_year AND NOT part_year_before
    AND believed >= 0 AND before >= 0
),
own AS (
  SELECT body_id, concept, time_period, others, list_aggregate(others, 'median') AS own_median
  FROM (
    SELECT move.body_id, move.concept, move.time_period, list(other.move ORDER BY other.time_period) AS others
    FROM move
    JOIN move AS other
      ON other.body_id = move.body_id
     AND other.concept = move.concept
     AND other.segment = move.segment
     AND other.time_period <> move.time_period
    GROUP BY ALL
  )
),
peer_median AS (
  SELECT concept, form, unit, time_period, kind, level, count(*) AS peers, median(move) AS peer_median
  FROM move
  WHERE resolved
  GROUP BY ALL
),
peer AS (
  SELECT
    concept, form, unit, time_period, kind, level, any_value(peers) AS peers, any_value(peer_median) AS peer_median,
    median(abs(move - peer_median)) AS peer_mad
  FROM move
  JOIN peer_median USING (concept, form, unit, time_period, kind, level)
  WHERE resolved
  GROUP BY ALL
),
compared AS (
  SELECT
    move.*,
    bound.*,
    coalesce(len(others), 0) AS own_moves,
    coalesce(peers, 0) AS peers,
    coalesce(len(others), 0) >= least_moves AS own_asked,
    resolved AND coalesce(peers, 0) >= least_peers AS peers_asked,
    own_median,
    peer_median,
    greatest(
      spread * list_aggregate(list_transform(others, lambda each: abs(each - own_median)), 'median'),
      noise,
      least_spread
    ) AS own_spread,
    greatest(spread * peer_mad, noise, least_spread) AS peer_spread
  FROM move
  CROSS JOIN bound
  LEFT JOIN own USING (body_id, concept, time_period)
  LEFT JOIN peer USING (concept, form, unit, time_period, kind, level)
),
scored AS (
  SELECT
    *,
    if(own_asked, abs(move - own_median) / own_spread, NULL) AS own_score,
    if(peers_asked, abs(move - peer_median) / peer_spread, NULL) AS peer_score,
    if(own_asked, own_median, peer_median) AS middle,
    if(own_asked, own_spread, peer_spread) AS width
  FROM compared
),
judged AS (
  SELECT
    *,
    CASE
      WHEN own_asked OR peers_asked THEN if(least(own_score, peer_score) > score, 'broken', 'holds')
      WHEN abs(move) >= ln(factor) AND abs(move) > score * noise THEN 'broken'
      ELSE 'cannot_tell'
    END AS verdict
  FROM scored
)
SELECT
  body_id,
  body_name,
  concept,
  concept_zh,
  time_period,
  form,
  before,
  believed AS after,
  unit,
  own_moves,
  own_score,
  peers,
  peer_score,
  if(own_asked OR peers_asked, greatest(0, exp(ln(1 + before::DOUBLE) + middle - score * width) - 1), NULL)
    AS expected_low,
  if(own_asked OR peers_asked, least(1e13, exp(ln(1 + before::DOUBLE) + middle + score * width) - 1), NULL)
    AS expected_high,
  verdict,
  CASE verdict WHEN 'holds' THEN 'none' WHEN 'cannot_tell' THEN 'unknown' ELSE if(settled, 'reading', 'publisher') END
    AS culprit,
  report_id
FROM judged
