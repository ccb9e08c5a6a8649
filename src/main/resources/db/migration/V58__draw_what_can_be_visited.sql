-- What its verifiers cannot visit is not drawn: all of them have worked on it, or belong to a unit that does. It stays in the
-- list of the check, and nothing is drawn from it.
alter table spot_check_frame add column visitable boolean not null default true;
alter table spot_check_frame add check (visitable or not drawn);
