-- Each source that was merged in is answered with the item (并案, DOMAIN.md §3): how, by whom, in which round. What is
-- reopened has to be answered anew.
alter table merged_source
    add column reply_note    text,
    add column replied_by    text references person (id),
    add column replied_at    timestamptz,
    add column replied_round integer,
    add check ((reply_note is null) = (replied_at is null));
