-- One row is one declared thing of the dictionary: tables first, then their columns and words, then what figures mean.
FROM mart.dictionary
ORDER BY
  list_position(
    ['table', 'column', 'word', 'concept', 'indicator', 'breakdown', 'form', 'form_row', 'rule', 'quarantine'], kind
  ),
  name
