-- Figures of a past day (DOMAIN.md §5) take an item's record for what it was, unless something happened since or one of these deeds
-- ever did, of which the record alone does not tell. They are rare, so the index is small and costs an ordinary step nothing.
create index timeline_rare on timeline (item_id)
    where action in ('AMEND', 'REOPEN', 'RULE_ON_DECLINE', 'CHANGE_UNIT', 'SPOT_CHECK');
