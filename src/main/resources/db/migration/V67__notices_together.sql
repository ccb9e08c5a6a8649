-- Tasks that one step makes wait for the same person are one notice in the application: the id of the first of them, which
-- is null where there is but one. Each keeps its row, and is read by itself when its task waits no longer.
alter table notice add column together bigint references notice (id);
create index notice_together on notice (together, id) where together is not null;
-- A page of what a person was told passes over all but the first.
create index notice_shown on notice (person, id) where together is null or together = id;
