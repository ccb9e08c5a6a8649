-- The whole history of an item (时间线): beside who did what and when, now also why, from which date to which, who was
-- told and what was refused. Rows of before keep what their note says.
alter table timeline
    -- Why, in the words of the person who did it.
    add column reason       text,
    -- The user task or model that it is about: whose date moved, or at which somebody was refused.
    add column task         text,
    -- A change of a date; the old one is null where there was none before, the basis is what the new one rests on.
    add column due_from     date,
    add column due_to       date,
    add column due_basis    text,
    -- A notice, and the people who were told.
    add column notice_kind  text,
    add column recipients   text[],
    -- What somebody tried and a rule refused: [{code, arguments, field}]
    add column attempt      text,
    add column problems     jsonb,
    add constraint timeline_notified
        check ((action = 'NOTIFIED') = (notice_kind is not null and cardinality(recipients) > 0)),
    add constraint timeline_refused
        check ((action = 'REFUSED') = (actor is not null and attempt is not null and problems is not null)),
    add constraint timeline_due_moves
        check (due_to is null or due_from is distinct from due_to);
