-- The engine asks for the parts of each task that it completes. Our tasks have none, so the index is empty and costs a step nothing;
-- without it each question reads the tasks of all items.
create index act_idx_task_parent on act_ru_task (parent_task_id_) where parent_task_id_ is not null;
