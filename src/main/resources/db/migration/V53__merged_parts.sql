-- A whole asks, whenever it is read, what its merged parts were merged into.
create index merged_source_from on merged_source (from_item);
