-- Each way in which somebody comes to see an item (DataScope) has an index of its own, and so has what filters ask for that is rare.
create index item_registered_by on item (registered_by);
create index item_restricted on item (id) where visibility = 'RESTRICTED';
create index item_clock_split on item_clock (lead_unit) where whole;
create index item_clock_grey on item_clock (urgency, item_id) where resting = 'GREY';
create index to_do_claimed on to_do (group_id) where assignee is not null;
create index verification_verifiers on verification using gin (verifiers);
create index verification_not_passed on verification (result) where result <> 'PASS';
create index look_back_looked_by on look_back (looked_by);
create index spot_check_visit_visitors on spot_check_visit using gin (visitors);
create index item_closed_on on item (cast(closed_at at time zone 'Asia/Shanghai' as date)) where closed_at is not null;
create index item_fast_lane on item (id) where fast_lane;
create index item_level_4 on item (id) where level = 4;
create index item_reworked on item (id) where round > 1;
