-- The day of the last rung, so that an item gets one rung of the ladder a day, whatever its causes, tasks and rounds: after an
-- outage several are due at once, and what is returned has begun another climb.
alter table supervision_climb add column climbed_on date;
