-- The fact of a timeline entry, such as its outcome or a unit before and after, typed in place of a note in words (TimelineFact).
-- Rows of before keep their note and their hash: the column may be null and stands behind the others (V15).
alter table timeline add column fact jsonb;
