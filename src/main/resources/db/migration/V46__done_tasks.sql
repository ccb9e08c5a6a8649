-- Whoever opens a task that is done by now is led to its item: the engine's history is asked which one it was.
create index act_hi_actinst_task on act_hi_actinst (task_id_) where task_id_ is not null;
