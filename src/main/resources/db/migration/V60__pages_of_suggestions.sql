-- Suggestions are read page by page: everybody's with the unanswered first, and one's own.
create index suggestion_by_answer on suggestion ((answered_at is not null), id desc);
