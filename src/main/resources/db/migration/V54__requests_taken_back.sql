-- Who asked for something may take it back before it is decided.
alter table item_request add column taken_back_at timestamptz;
create index item_request_asker on item_request (requested_by) where decided_at is null;
create index supervision_card_objector on supervision_card (objected_by)
    where objected_at is not null and ruled_at is null;
