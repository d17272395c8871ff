-- 问：最近一个年度，各机关新收申请在同类同级中排在哪里？
-- Question: where does each body stand among bodies of its kind and level, by new requests in the last year?
-- 陷阱：百分位只在已读入的机关之间；nation_count 小时没有意义；只比同一表式、同一单位的确数。
-- Traps: a percentile is among the bodies that were read; with few of them it says nothing; only exact figures of one form and unit.
SELECT body_name, level, value AS new_requests, nation_percentile, nation_count, nation_median
FROM mart.peers
WHERE concept = 'new_requests' AND time_period = (SELECT max(time_period) FROM mart.peers WHERE concept = 'new_requests')
ORDER BY level, value DESC, body_id
