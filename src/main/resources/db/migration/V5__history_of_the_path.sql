-- The engine refuses to start where the level that it wrote down at its first start is not the configured one
-- (now activity, 1). A new database has no such row yet.
update act_ge_property set value_ = '1' where name_ = 'historyLevel';
