-- How many look-backs, visits, decisions on cards and on requests wait, and which: without a look at every open task.
create index to_do_task_key on to_do (task_key, due);
