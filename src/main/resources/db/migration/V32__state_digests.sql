-- Digests of the record (docs/audit.md): with each row of an item's timeline a digest of the whole record is chained, so that
-- whatever is changed beside the steps is found. And every number that was ever issued, so that an item that is gone with all
-- of its rows is missed.
--
--     digest = sha256(salt || sha256(row) || sha256(row) || …), the hashes in order, each row as digest_record() below writes it.
--
-- The salt stands beside the chain, not in it, and no value ever does: values can be erased and the salt of a record that
-- is destroyed as well, and every chain stays as it was.
--
-- A later migration has this to do:
--   * A new column that may be null and has no default: nothing. It is covered from then on (a null is left out).
--   * Rows that it changes, adds or removes by statements: behind them  select digest_record(id, 'V<number>') from item;
--     in the same transaction. The triggers below tell it what the rows said before. RecordStates has to know the migration:
--     a digest behind no newer row of the timeline is a finding.
--   * What changes rows without a statement (a default, a renamed or dropped column): leave the column out in
--     digest_record(), note_record_row() and RecordStates, or every record is found changed.
--   * A new table of the record: a line in digest_record() and in RecordStates and the trigger note_record_row, while the
--     table is empty. AuditVerificationTest holds them together, RecordColumnsTest the columns.

-- 32 bytes at random for each item, from which nobody can tell a value by trying.
create table record_salt (
    item_id bigint primary key references item (id),
    salt    bytea not null check (length(salt) = 32)
);

-- One for each transaction that wrote into the timeline of the item.
create table record_digest (
    id           bigint generated always as identity primary key,
    item_id      bigint not null references item (id),
    -- The last row of the timeline that it stands for; 0 for none.
    timeline_seq bigint not null,
    digest       bytea not null,
    -- True where the record was, before this transaction changed it, as the digest before says. What was not stays visible
    -- however often the record is changed afterwards.
    continuous   boolean not null,
    -- The migration that took it; null for a step's.
    taken_by     text,
    seq          bigint not null,
    hash         bytea not null
);
create unique index record_digest_item on record_digest (item_id, seq);

-- The numbers of the items in the order in which they were issued, one chain for each year. The sequence has gaps.
create table issued_number (
    id      bigint generated always as identity primary key,
    series  text not null,
    item_id bigint not null,
    item_no text not null,
    seq     bigint not null,
    hash    bytea not null
);
create unique index issued_number_series on issued_number (series, seq);
create index issued_number_item on issued_number (item_id);

-- Whoever was visited: there was an index of those who wait.
create index spot_check_visit_recorded on spot_check_visit (item_no) where result is not null;

-- A version of a file with what is known of its content.
create function evidence_cells(file evidence_version) returns jsonb language sql stable as $$
    select to_jsonb(file)
        || (select jsonb_build_object('bytes', min(bytes), 'type', min(type)) from evidence_content where sha256 = file.sha256)
$$;

-- Notes what a statement did to rows of the record, until the end of the transaction: '-' what a row said, '+' what it says,
-- by hash, in one of 64 settings of the transaction. So the digest at its end can tell what the record was before.
-- A row counts with all of its columns but those that are null and those that move without a step: an item's counter of
-- writes, when supervision looks next, and the proposal that waits, whose row counts. A visit that waits does not count,
-- since nobody is warned of it.
create function note_record_row() returns trigger language plpgsql set timezone = 'UTC' as $$
declare
    uncounted constant text[] := case tg_table_name when 'item' then '{version,next_look,proposed_card}' else '{}' end;
    cells   jsonb;
    gone    text;
    come    text;
    of_item bigint;
    setting text;
begin
    if tg_op <> 'INSERT' then
        if tg_table_name = 'evidence_version' then cells := evidence_cells(old); else cells := to_jsonb(old); end if;
        if tg_table_name <> 'spot_check_visit' or cells ->> 'result' is not null then
            gone := tg_table_name || ' ' || jsonb_strip_nulls(cells - uncounted)::text;
        end if;
    end if;
    if tg_op <> 'DELETE' then
        if tg_table_name = 'evidence_version' then cells := evidence_cells(new); else cells := to_jsonb(new); end if;
        if tg_table_name <> 'spot_check_visit' or cells ->> 'result' is not null then
            come := tg_table_name || ' ' || jsonb_strip_nulls(cells - uncounted)::text;
        end if;
    end if;
    if gone is not distinct from come then
        return null;
    end if;
    of_item := case tg_table_name
        when 'item' then (cells ->> 'id')::bigint
        when 'request_approval' then (select item_id from item_request where id = (cells ->> 'request_id')::bigint)
        when 'evidence_version' then (select item_id from evidence where id = (cells ->> 'evidence_id')::bigint)
        when 'spot_check_visit' then (select id from item where item_no = cells ->> 'item_no')
        else (cells ->> 'item_id')::bigint
    end;
    setting := 'guiling.record_' || of_item % 64;
    perform set_config(setting, concat(
        current_setting(setting, true),
        ' ' || of_item || '-' || encode(sha256(convert_to(gone, 'UTF8')), 'hex'),
        ' ' || of_item || '+' || encode(sha256(convert_to(come, 'UTF8')), 'hex')), true);
    return null;
end $$;

do $$
declare
    source text;
begin
    foreach source in array array['item', 'measure', 'progress', 'institution', 'verification', 'sign_off', 'defect',
        'decline', 'item_request', 'request_approval', 'merged_source', 'look_back', 'supervision_card', 'evidence',
        'evidence_version', 'spot_check_visit']
    loop
        execute format('create trigger %1$s_noted after insert or update or delete on %1$I
            for each row execute function note_record_row()', source);
    end loop;
end $$;

-- In the place of V15's two functions: every chain goes on in the same way, and one order of locks holds for all of them: an
-- item's row, then the heads of its chains, then whatever else. Who wrote into a timeline held the head first and came to the
-- item's row at the end of the transaction; who locked the row first (evidence, for one) met them half-way, and PostgreSQL
-- ended one of both as a deadlock.
create function chain_row() returns trigger language plpgsql
    set timezone = 'UTC' set datestyle = 'ISO, YMD' as $$
declare
    head  chain_head;
    named text;
begin
    case tg_table_name
        when 'timeline' then
            named := 'item ' || new.item_id;
            perform from item where id = new.item_id for no key update;
        when 'record_digest' then
            -- Two of one item come one after the other: each has written into its timeline before.
            named := 'record ' || new.item_id;
        when 'audit_event' then
            named := 'event ' || new.kind;
            perform pg_advisory_xact_lock(hashtextextended(named, 0));
        when 'issued_number' then
            named := 'number ' || new.series;
            perform pg_advisory_xact_lock(hashtextextended(named, 0));
    end case;
    select * into head from chain_head where chain = named for update;
    new.seq := coalesce(head.rows, 0) + 1;
    new.hash := null;
    new.hash := chain_hash(coalesce(head.hash, sha256(convert_to(named, 'UTF8'))), new::text);
    if head.chain is null then
        insert into chain_head values (named, new.seq, new.hash);
    else
        update chain_head set rows = new.seq, hash = new.hash where chain = named;
    end if;
    return new;
end $$;

do $$
declare
    chained text;
begin
    foreach chained in array array['timeline', 'audit_event', 'record_digest', 'issued_number'] loop
        execute format('create or replace trigger %1$s_chain before insert on %1$I
            for each row execute function chain_row()', chained);
    end loop;
end $$;
drop function chain_timeline();
drop function chain_audit_event();

-- Takes the digest of a record. Afterwards nothing is noted of it any more.
create function digest_record(of_item bigint, taken_by text) returns void language plpgsql set timezone = 'UTC' as $$
declare
    setting constant text := 'guiling.record_' || of_item % 64;
    noted   constant text := coalesce(current_setting('guiling.record_' || of_item % 64, true), '');
    secret  bytea;
    before  bytea;
    was     bytea;
    is_now  bytea;
begin
    insert into record_salt
        select of_item, decode(replace(gen_random_uuid()::text || gen_random_uuid(), '-', ''), 'hex')
        where not exists (select from record_salt where item_id = of_item);
    select salt into secret from record_salt where item_id = of_item;
    select digest into before from record_digest where item_id = of_item order by seq desc limit 1;
    with standing as materialized (
        select sha256(convert_to(line, 'UTF8')) as hash from (
            select 'item ' || jsonb_strip_nulls(to_jsonb(t) - '{version,next_look,proposed_card}'::text[])::text as line
                from item t where id = of_item
            union all select 'measure ' || jsonb_strip_nulls(to_jsonb(t))::text from measure t where item_id = of_item
            union all select 'progress ' || jsonb_strip_nulls(to_jsonb(t))::text from progress t where item_id = of_item
            union all select 'institution ' || jsonb_strip_nulls(to_jsonb(t))::text from institution t where item_id = of_item
            union all select 'verification ' || jsonb_strip_nulls(to_jsonb(t))::text from verification t where item_id = of_item
            union all select 'sign_off ' || jsonb_strip_nulls(to_jsonb(t))::text from sign_off t where item_id = of_item
            union all select 'defect ' || jsonb_strip_nulls(to_jsonb(t))::text from defect t where item_id = of_item
            union all select 'decline ' || jsonb_strip_nulls(to_jsonb(t))::text from decline t where item_id = of_item
            union all select 'item_request ' || jsonb_strip_nulls(to_jsonb(t))::text from item_request t where item_id = of_item
            union all select 'request_approval ' || jsonb_strip_nulls(to_jsonb(t))::text
                from item_request r join request_approval t on t.request_id = r.id where r.item_id = of_item
            union all select 'merged_source ' || jsonb_strip_nulls(to_jsonb(t))::text from merged_source t where item_id = of_item
            union all select 'look_back ' || jsonb_strip_nulls(to_jsonb(t))::text from look_back t where item_id = of_item
            union all select 'supervision_card ' || jsonb_strip_nulls(to_jsonb(t))::text from supervision_card t where item_id = of_item
            union all select 'evidence ' || jsonb_strip_nulls(to_jsonb(t))::text from evidence t where item_id = of_item
            union all select 'evidence_version ' || jsonb_strip_nulls(
                    to_jsonb(t) || jsonb_build_object('bytes', content.bytes, 'type', content.type))::text
                from evidence e join evidence_version t on t.evidence_id = e.id
                left join evidence_content content on content.sha256 = t.sha256
                where e.item_id = of_item
            union all select 'spot_check_visit ' || jsonb_strip_nulls(to_jsonb(t))::text
                from item i join spot_check_visit t on t.item_no = i.item_no where i.id = of_item and t.result is not null
        ) rows
    ), previous as (
        select hash from (
            select hash, 1 as times from standing
            union all
            select decode(token[2], 'hex'), case token[1] when '-' then 1 else -1 end
            from regexp_matches(noted, ' ' || of_item || '([-+])([0-9a-f]{64})', 'g') token) counted
        group by hash having sum(times) <> 0
    )
    select sha256(secret || coalesce((select string_agg(hash, '' order by hash) from standing), '')),
           sha256(secret || coalesce((select string_agg(hash, '' order by hash) from previous), ''))
        into is_now, was;
    insert into record_digest (item_id, timeline_seq, digest, continuous, taken_by) values (
        of_item,
        coalesce((select rows from chain_head where chain = 'item ' || of_item), 0),
        is_now,
        -- Before its first step a record is empty, but for those of before that a migration finds.
        was = coalesce(before, sha256(secret)) or before is null and digest_record.taken_by is not null,
        digest_record.taken_by);
    if noted <> '' then
        perform set_config(setting, regexp_replace(noted, ' ' || of_item || '[-+][0-9a-f]{64}', '', 'g'), true);
    end if;
end $$;

-- At the end of the transaction, when the record is what its step leaves; once, with the last row of the timeline.
create function digest_after_step() returns trigger language plpgsql as $$
begin
    if new.seq = (select rows from chain_head where chain = 'item ' || new.item_id) then
        perform digest_record(new.item_id, null);
    end if;
    return null;
end $$;
create constraint trigger timeline_digests after insert on timeline
    deferrable initially deferred for each row execute function digest_after_step();

create function issue_number() returns trigger language plpgsql as $$
begin
    insert into issued_number (series, item_id, item_no)
        values (coalesce(substring(new.item_no from '^[^-]*-([0-9]+)-'), 'other'), new.id, new.item_no);
    return null;
end $$;
create constraint trigger item_issues_number after insert on item
    deferrable initially deferred for each row execute function issue_number();

-- As found here: what the items of before say now is what they said, as far as anybody can tell.
insert into issued_number (series, item_id, item_no)
    select coalesce(substring(item_no from '^[^-]*-([0-9]+)-'), 'other'), id, item_no from item order by id;
select digest_record(id, 'V32') from item order by id;
-- Else the first verification goes on as if there were none.
analyze record_salt, record_digest, issued_number, chain_head;

create trigger record_digest_append_only before update or delete on record_digest
    for each row execute function refuse_change();
create trigger record_digest_no_truncate before truncate on record_digest
    for each statement execute function refuse_change();
create trigger issued_number_append_only before update or delete on issued_number
    for each row execute function refuse_change();
create trigger issued_number_no_truncate before truncate on issued_number
    for each statement execute function refuse_change();

-- When the content was last hashed, and since when it has not been what its hash says.
alter table evidence_content
    add column hashed_at     timestamptz,
    add column changed_since timestamptz;
create index evidence_content_hashed on evidence_content (hashed_at nulls first) where stored_at is not null;
