-- What a unit answers to a card letter (督办回复), and by when. All of it is null in the rows that are there: those cards
-- were issued when nothing waited for an answer. The task is named while one is awaited; the day stays, since the letter bears it.
alter table supervision_card
    add column reply_task  text,
    add column reply_due   date,
    add column replied_by  text references person (id),
    add column replied_at  timestamptz,
    add column reply_cause text,
    add column reply_done  text,
    add column reply_next  text,
    add constraint supervision_card_reply_whole check (
        num_nulls(replied_by, replied_at, reply_cause, reply_done, reply_next) in (0, 5)),
    add constraint supervision_card_reply_issued check (reply_due is null or decision = 'ISSUED'),
    add constraint supervision_card_reply_awaited check (
        reply_task is null or reply_due is not null and replied_at is null),
    add constraint supervision_card_reply_due check (replied_at is null or reply_due is not null);

-- A card is answered by handlers or leaders of the unit. The row names the handlers' group; true where that of the leaders
-- beside it may claim the task too.
alter table to_do add column for_leaders boolean not null default false;
