-- Indexes on the engine's tables that its own lists want (measured: docs/performance.md).
create index act_idx_tskass_group on act_ru_identitylink (group_id_, type_, task_id_);
create index act_idx_variable_text on act_ru_variable (name_, text_ text_pattern_ops);
create index act_idx_hi_procinst_key on act_hi_procinst (business_key_ text_pattern_ops);
