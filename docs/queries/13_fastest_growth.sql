-- 问：谁的新收申请增长最快？
-- Question: whose new requests grow fastest?
-- 陷阱：只在同一出处之内、相邻两年之间；上年不足 10 件的不列（从 1 到 4 是 300%，说明不了什么）；不能算的见 reason。
-- Traps: within one source and between two years in a row only; fewer than 10 requests the year before are left out (1 to 4 is 300 %
-- and says nothing); reason tells why others have no rate.
SELECT body_name, source, time_period AS year, previous_value AS before, value AS new_requests, growth_percent
FROM mart.yoy
WHERE indicator IN ('requests.new', 'requests_2014.received')
  AND breakdown = 'total'
  AND growth_percent IS NOT NULL
  AND previous_value >= 10
ORDER BY growth_percent DESC, body_id, year, source
