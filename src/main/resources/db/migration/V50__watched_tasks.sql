-- Tasks that no item's supervision watches (look-backs, visits of a spot check, decisions on a card or on a reopening):
-- when somebody looks at them next. Null for a task that is watched with its item. Those that wait already are looked at
-- when this version starts.
alter table to_do add column next_look date;
update to_do set next_look = date '2000-01-01'
    where task_key in ('look-back-check', 'carry-out-visit', 'decide-on-card', 'decide-on-reopening') and due is not null;
create index to_do_next_look on to_do (next_look, due) where next_look is not null;
