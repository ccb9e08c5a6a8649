-- Lists are read page by page: each in its order, without what is not shown.

-- What is open at a unit that helps, beside item_lead_unit; what somebody handles.
create index item_co_units on item using gin (co_units);
create index item_handler on item (handler, id) where handler is not null;

-- Who acts for whom, now or later.
create index substitution_current on substitution (from_on, id) where state in ('PLANNED', 'IN_FORCE');

-- Who has to wait, what ends last first.
create index sign_on_count_closed on sign_on_count (open_at desc, account, source);

-- Requests for a lost second factor that nobody has answered.
create index factor_recovery_waiting on factor_recovery (id) where closed_at is null;

-- Who changed what: of one unit, person or account; of one kind of thing.
create index audit_event_subject on audit_event (subject, id) where subject is not null;
create index audit_event_thing on audit_event ((details ->> 'thing'), id) where kind = 'PERMISSION_CHANGED';
