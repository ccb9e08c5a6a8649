-- An image is tried once: since when somebody is at its small picture. What is still there after a while was given up,
-- because the server stopped over it.
alter table evidence_content add column thumbnail_begun_at timestamptz;
