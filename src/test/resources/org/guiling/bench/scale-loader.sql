-- Makes a large, consistent ledger out of the items that a ledger already has. ScaleLedger runs it, in one transaction of a
-- superuser; triggers and foreign keys are off meanwhile, and nothing is audited.
--
-- It copies items (record, timeline and digests with their chains, to-do list, search words, notices; of the engine
-- instances, tasks, links, authorizations, variables, subscriptions, jobs, history) under new numbers, spread over all open units
-- of the same tier that have a handler, over steps, lights and days. Which columns a table has is asked of the catalogue, so
-- that a new one is copied as well. The same seed gives the same ledger.
--
-- Settings of the session:
--   loader.items     how many copies to make
--   loader.made      how many were made before
--   loader.patterns  the last item, by its id, that may be copied
--   loader.open      percent of the copies that are open
--   loader.history   percent of the ended ones whose path the engine's history keeps (it is two thirds of all bytes)
--   loader.seed      any number
set session_replication_role = replica;
set jit = off;
set maintenance_work_mem = '1GB';
set work_mem = '256MB';
-- Hashes are told in UTC and ISO (docs/audit.md).
set timezone = 'UTC';
set datestyle = 'ISO, YMD';

create schema loader;

create function loader.setting(name text) returns bigint language sql stable as $$
    select current_setting('loader.' || name)::bigint
$$;

create function loader.pick(k bigint, salt int, n int) returns int language sql stable as $$
    select abs(hashint8extended(k, loader.setting('seed') * 1000 + salt) % n)::int
$$;

-- Ids of the engine end with twelve digits of the machine: a copy has its number there.
create function loader.new_id(id text, k bigint) returns text language sql immutable as $$
    select case when id ~ '[0-9a-f]{12}$' then left(id, length(id) - 12) || lpad(to_hex(k), 12, '0') else id end
$$;

-- The engine writes its times without a zone, in that of the database (EngineTimeZone).
create function loader.engine_time(day date) returns timestamp language sql stable as $$
    select day::timestamp at time zone 'Asia/Shanghai' at time zone (select zone from engine_time_zone)
$$;

-- Patterns -----------------------------------------------------------------------------------------------------------
create table loader.pattern as
select item.id, item.item_no, item.status, item.lead_unit, item.handler, unit.tier, unit.parent_code, unit.name as unit_name,
       item.status in ('CLOSED', 'NOT_ACCEPTED', 'MERGED', 'TRANSFERRED', 'CANCELLED') as ended,
       exists (select from act_ru_execution where business_key_ = item.item_no) as waits,
       -- Most of what is open is being rectified, most of what is closed has been looked back at.
       case item.status when 'RECTIFYING' then 40 when 'REVIEW' then 6 when 'DISPATCHED' then 12 when 'PLANNING' then 12
           when 'PLAN_REVIEW' then 8 when 'VERIFYING' then 10 when 'REWORK' then 4 when 'CLOSING' then 5
           when 'SUSPENDED' then 2 when 'DISPUTED' then 1 when 'NOT_ACCEPTED' then 5
           when 'CLOSED' then case when exists (select from act_ru_execution where business_key_ = item.item_no) then 20 else 75 end
           else 0 end as weight
from item join unit on unit.code = item.lead_unit
where item.id <= loader.setting('patterns')
  and item.parent_no is null and item.item_no not in (select parent_no from item where parent_no is not null)
  and item.import_batch_id is null
  -- These point at other rows by their ids.
  and not exists (select from supervision_card where item_id = item.id)
  and not exists (select from issued_document where item_id = item.id);

-- A status's weight is shared by its patterns, and told as a range for a draw.
create table loader.draw as
select id, ended, sum(share) over (partition by ended order by id) - share as from_share, sum(share) over (partition by ended order by id) as to_share
from (select id, ended, weight::float / count(*) over (partition by status, waits)
             / sum(weight::float / n) over (partition by ended) as share
      from (select *, count(*) over (partition by status, waits) as n from loader.pattern) p) s
where share > 0;

create table loader.place as
select unit.code, unit.name, unit.tier, unit.parent_code, person.id as handler,
       row_number() over (partition by unit.tier order by unit.code, person.id) - 1 as n
from unit join person on person.unit_code = unit.code and 'HANDLER' = any (person.roles) and person.enabled
where unit.closed_on is null;
analyze loader.pattern;
analyze loader.draw;
analyze loader.place;

-- Copies -------------------------------------------------------------------------------------------------------------
create table loader.copy as
with numbered as materialized (
    select k, loader.pick(k, 1, 100) >= loader.setting('open') as ended,
           loader.pick(k, 2, 1000000) / 1000000.0 as share
    from generate_series(loader.setting('made') + 1, loader.setting('made') + loader.setting('items')) k),
drawn as materialized (
    select numbered.k, numbered.ended, draw.id as pattern, pattern.tier, loader.pick(numbered.k, 8, 1000000) % tier.places as n
    from numbered
    join loader.draw on draw.ended = numbered.ended
        -- The shares may sum up to a little less than one.
        and share >= from_share and (share < to_share or to_share > 0.9999999)
    join loader.pattern on pattern.id = draw.id
    join (select tier, count(*) as places from loader.place group by tier) tier on tier.tier = pattern.tier),
last as materialized (
    select (select max(id) from item) as id, (select last_value from item_number) as issued,
           (now() at time zone 'Asia/Shanghai')::date as today)
select drawn.k, drawn.pattern, last.id + drawn.k - loader.setting('made') as item_id,
       'ZG-' || extract(year from today) || '-' || lpad(number::text, greatest(6, length(number::text)), '0') as item_no,
       drawn.ended, place.code as unit, place.name as unit_name, place.parent_code, place.handler,
       -- Days back: what is open goes back half a year, what has ended three years.
       case when drawn.ended then 100 + loader.pick(k, 3, 1000) else loader.pick(k, 3, 180) end as back,
       loader.pick(k, 4, 45) as waited,
       -- An eighth of what is open is overdue.
       today + loader.pick(k, 5, 100) - 12 as due_on,
       today + 1 + loader.pick(k, 6, 20) as look_on,
       today + 1 + loader.pick(k, 7, 300) as look_back_on
from last cross join drawn join loader.place on place.tier = drawn.tier and place.n = drawn.n
cross join lateral (select last.issued + drawn.k - loader.setting('made') as number) numbers;
create index on loader.copy (pattern);
create unique index on loader.copy (item_id);
analyze loader.copy;

-- The tables of the record that name their item, less those that are derived from others or point at rows by their ids.
create table loader.copied as
select relname::text as tab
from pg_constraint join pg_class on pg_class.oid = conrelid
    join pg_attribute on attrelid = conrelid and attnum = conkey[1] and attname = 'item_id'
where contype = 'f' and confrelid = 'item'::regclass and relnamespace = 'public'::regnamespace
  and relname not in ('timeline', 'record_salt', 'record_digest', 'item_text', 'item_clock', 'supervision_card', 'issued_document',
      'merged_source');

-- Indexes come back at the end, built at once.
create table loader.later as
select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
from pg_index join pg_class on pg_class.oid = indrelid
where relnamespace = 'public'::regnamespace and not indisunique
  and (relname in (select tab from loader.copied)
    or relname in ('item', 'timeline', 'item_text', 'item_clock', 'evidence_version', 'notice',
      'act_ru_execution', 'act_ru_task', 'act_ru_variable', 'act_ru_event_subscr', 'act_ru_job', 'act_ru_identitylink',
      'act_ru_authorization', 'act_hi_procinst', 'act_hi_actinst'));
do $$
declare later loader.later;
begin
    for later in select * from loader.later loop
        execute format('drop index %s', later.name);
    end loop;
end $$;

-- The record ---------------------------------------------------------------------------------------------------------
-- A column of a copy: people and units of the pattern become those of the copy, days move with it.
create function loader.expression(tab text, col text, type text) returns text language sql stable as $$
    select case
        when col = 'item_id' or tab = 'item' and col = 'id' then 'copy.item_id'
        when col = 'item_no' then 'copy.item_no'
        when col in ('lead_unit', 'unit') then 'copy.unit'
        when tab = 'item' and col = 'title' then
            $x$left((array['道路','河道','消防','校园','小区','农贸市场','污水管网','山塘','公厕','路灯'])[1 + loader.pick(copy.k, 11, 10)]
               || substr(copy.unit_name, 1, 8) || regexp_replace(source.title, '【示例】|-', '', 'g') || '第' || copy.k || '件', 200)$x$
        when tab = 'item' and col = 'fact_text' then
            $x$source.fact_text || '经现场核对，道路两侧'
               || (array['雨水口', '护栏', '绿化带', '人行道', '标志牌'])[1 + loader.pick(copy.k, 12, 5)] || '亦有类似情况。'
               || case when loader.pick(copy.k, 13, 10) = 0 then '污水外溢。' else '' end
               || case when loader.pick(copy.k, 14, 1000) = 0 then '涵洞淤塞。' else '' end$x$
        when tab = 'item' and col = 'source_doc_no' then $x$'样本〔' || extract(year from (now() at time zone 'Asia/Shanghai')::date) || '〕' || copy.k / 50 || '号'$x$
        when tab = 'item' and col = 'source_seq' then '(copy.k % 50)::text'
        when tab = 'item' and col = 'fingerprint' then 'null'
        when tab = 'item' and col in ('planned_due', 'original_due', 'current_due') then
            format('case when source.%1$I is null then null when copy.ended then source.%1$I - copy.back else copy.due_on end', col)
        when tab = 'item' and col = 'next_look' then 'case when source.next_look is not null then copy.look_on end'
        when tab = 'item' and col = 'look_back_on' then
            'case when source.look_back_on is null then null when pattern.waits then copy.look_back_on else source.look_back_on - copy.back end'
        when tab = 'to_do' and col = 'task_id' then 'loader.new_id(source.task_id, copy.k)'
        when tab = 'to_do' and col = 'due' then
            $x$case when source.due is not null then (copy.due_on + 1)::timestamp at time zone 'Asia/Shanghai' - interval '1 second' end$x$
        when tab = 'to_do' and col = 'created_at' then $x$source.created_at - least(copy.waited, copy.back) * interval '1 day'$x$
        -- A list may keep more of the item beside its own columns.
        when tab in ('to_do', 'notice') and col not in ('id', 'version') and exists (
            select from information_schema.columns
            where table_schema = 'public' and table_name = 'item' and column_name = col) then format('item.%I', col)
        when type = 'date' then format('source.%I - copy.back', col)
        when type = 'timestamp with time zone' then format($x$source.%I - copy.back * interval '1 day'$x$, col)
        when col in ('handler', 'claimed_by', 'planned_by', 'reported_by', 'declined_by', 'requested_by', 'uploaded_by', 'actor', 'assignee',
            'assignee_', 'user_id_', 'start_user_id_', 'person') then
            format('case when source.%1$I = pattern.handler then copy.handler else source.%1$I end', col)
        when col in ('group_id', 'group_id_') then format(
            'replace(replace(source.%I, pattern.lead_unit, copy.unit), coalesce(pattern.parent_code, chr(1)), coalesce(copy.parent_code, chr(1)))', col)
        when tab = 'timeline' and col = 'hash' then 'null::bytea'
        else format('source.%I', col)
    end
$$;

-- The columns of a table as its catalogue has them: none is listed by hand, and none left out but what the database fills in.
create function loader.columns(tab text, identity boolean, out names text, out expressions text) language sql stable as $$
    select string_agg(format('%I', column_name), ', ' order by ordinal_position),
           string_agg(loader.expression(tab, column_name, data_type), ', ' order by ordinal_position)
    from information_schema.columns
    where table_schema = 'public' and table_name = tab and is_generated = 'NEVER'
      and (identity or is_identity = 'NO')
$$;

do $$
declare tab text; c record;
begin
    select * into c from loader.columns('item', true);
    execute format('insert into item (%s) overriding system value select %s from item source
        join loader.pattern on pattern.id = source.id join loader.copy on copy.pattern = pattern.id order by copy.k',
        c.names, c.expressions);
    for tab in select * from loader.copied order by 1 loop
        select * into c from loader.columns(tab, false);
        execute format('insert into %1$I (%2$s) select %3$s from %1$I source join loader.pattern on pattern.id = source.item_id
            join loader.copy on copy.pattern = pattern.id join item on item.id = copy.item_id order by copy.k',
            tab, c.names, c.expressions);
    end loop;
    select * into c from loader.columns('notice', false);
    execute format('insert into notice (%s) select %s from notice source join loader.pattern on pattern.item_no = source.item_no
        join loader.copy on copy.pattern = pattern.id join item on item.id = copy.item_id order by copy.k', c.names, c.expressions);
end $$;

insert into evidence_version (evidence_id, version, name, sha256, note, uploaded_by, uploaded_at)
select evidence.id, source.version, source.name, source.sha256, source.note, source.uploaded_by, source.uploaded_at - copy.back * interval '1 day'
from loader.copy join evidence on evidence.item_id = copy.item_id
join evidence origin on origin.item_id = copy.pattern and origin.measure_seq is not distinct from evidence.measure_seq and origin.purpose = evidence.purpose
join evidence_version source on source.evidence_id = origin.id
on conflict do nothing;

insert into item_text select text.* from loader.copy join item on item.id = copy.item_id, item_text_of(item) text;

-- Chains -------------------------------------------------------------------------------------------------------------
create function loader.link(previous bytea, record text, start bytea) returns bytea language sql immutable as $$
    select chain_hash(coalesce(previous, start), record)
$$;
create aggregate loader.chain (record text, start bytea) (sfunc = loader.link, stype = bytea);
create function loader.start(chain text) returns bytea language sql immutable as $$
    select sha256(convert_to(chain, 'UTF8'))
$$;

-- Writes rows that have no hash yet; each start of a chain is the hash behind which its rows go on.
create procedure loader.write_chained(tab text, lines text) language plpgsql as $$
declare columns text; cells text;
begin
    select string_agg(format('%I', column_name), ', ' order by ordinal_position),
           string_agg(format('(line).%I', column_name), ', ' order by ordinal_position)
        into columns, cells
        from information_schema.columns where table_schema = 'public' and table_name = tab and column_name <> 'hash';
    execute format('insert into %I (%s, hash) overriding system value
        select %s, loader.chain(line::text, start) over (partition by start order by (line).seq) from (%s) lines',
        tab, columns, cells, lines);
end $$;

do $$
declare c record;
begin
    select * into c from loader.columns('timeline', true);
    -- Numbers as they would have come: item by item, in each in its order.
    c.expressions := regexp_replace(c.expressions, '^source\.id',
        '(select max(id) from timeline) + row_number() over (order by copy.k, source.seq)');
    call loader.write_chained('timeline', format('
        select line, loader.start(''item '' || (line).item_id) as start
        from (select row(%s)::timeline as line from timeline source join loader.pattern on pattern.id = source.item_id
              join loader.copy on copy.pattern = pattern.id) rows', c.expressions));
end $$;
insert into chain_head
select 'item ' || item_id, seq, hash
from (select distinct on (item_id) item_id, seq, hash from timeline join loader.copy using (item_id) order by item_id, seq desc) newest;

call loader.write_chained('issued_number', $$
    select jsonb_populate_record(null::issued_number, jsonb_build_object(
               'id', (select coalesce(max(id), 0) from issued_number) + row_number() over (order by k),
               'series', series, 'item_id', item_id, 'item_no', item_no,
               'seq', coalesce(head.rows, 0) + row_number() over (partition by series order by k))) as line,
           coalesce(head.hash, loader.start('number ' || series)) as start
    from (select *, split_part(item_no, '-', 2) as series from loader.copy) numbered
    left join chain_head head on head.chain = 'number ' || series$$);
insert into chain_head
select distinct on (series) 'number ' || series, seq, hash from issued_number order by series, seq desc
on conflict (chain) do update set rows = excluded.rows, hash = excluded.hash;

-- One digest of each copy: that of its last step. Tables of the record are those with V32's trigger.
create table loader.line (item_id bigint, hash bytea);
do $$
declare tab text;
begin
    for tab in select tgrelid::regclass::text from pg_trigger where tgfoid = 'note_record_row'::regproc loop
        continue when tab <> 'item' and tab not in (select * from loader.copied);
        execute format('insert into loader.line select copy.item_id, sha256(convert_to(
                %1$L || jsonb_strip_nulls(to_jsonb(source) - %2$L::text[])::text, ''UTF8''))
            from %3$I source join loader.copy on copy.item_id = source.%4$I',
            tab || ' ', case tab when 'item' then '{version,next_look,proposed_card}' else '{}' end,
            tab, case tab when 'item' then 'id' else 'item_id' end);
    end loop;
end $$;
insert into loader.line
select item_id, sha256(convert_to('evidence_version ' || jsonb_strip_nulls(evidence_cells(file))::text, 'UTF8'))
from loader.copy join evidence using (item_id) join evidence_version file on file.evidence_id = evidence.id;
insert into record_salt select item_id, loader.start('salt ' || loader.setting('seed') || ' ' || k) from loader.copy;
call loader.write_chained('record_digest', $$
    select jsonb_populate_record(null::record_digest, jsonb_build_object(
               'id', (select coalesce(max(id), 0) from record_digest) + row_number() over (order by item_id),
               'item_id', item_id, 'timeline_seq', head.rows, 'digest', sha256(salt || hashes), 'continuous', true, 'seq', 1)) as line,
           loader.start('record ' || item_id) as start
    from (select item_id, string_agg(hash, '' order by hash) as hashes from loader.line group by item_id) record
    join record_salt using (item_id) join chain_head head on head.chain = 'item ' || item_id$$);
insert into chain_head
select 'record ' || item_id, seq, hash from record_digest join loader.copy using (item_id);

-- The engine -----------------------------------------------------------------------------------------------------------
create function loader.engine_expression(tab text, col text, type text) returns text language sql stable as $$
    select case
        when col in ('id_', 'proc_inst_id_', 'root_proc_inst_id_', 'parent_id_', 'execution_id_', 'act_inst_id_', 'parent_act_inst_id_', 'task_id_',
            'process_instance_id_', 'super_exec_', 'super_process_instance_id_', 'var_scope_', 'resource_id_', 'call_proc_inst_id_')
            then format('loader.new_id(source.%I, copy.k)', col)
        when col = 'business_key_' then 'case when source.business_key_ is not null then copy.item_no end'
        when tab = 'act_ru_task' and col = 'due_date_' then
            $x$case when source.due_date_ is not null then loader.engine_time(copy.due_on + 1) - interval '1 second' end$x$
        when tab = 'act_ru_task' and col = 'create_time_' then $x$source.create_time_ - least(copy.waited, copy.back) * interval '1 day'$x$
        when tab = 'act_ru_job' and col = 'duedate_' then
            $x$loader.engine_time(case when source.process_def_key_ = 'look-back' then copy.look_back_on else copy.look_on end)$x$
        when tab = 'act_ru_variable' and col = 'text_' then
            $x$case source.name_ when 'itemNo' then copy.item_no when 'leadUnit' then copy.unit when 'unitName' then copy.unit_name
                when 'title' then case when item.visibility = 'RESTRICTED' then item.item_no else item.title end
                when 'handler' then copy.handler
                else replace(replace(source.text_, pattern.lead_unit, copy.unit), coalesce(pattern.parent_code, chr(1)), coalesce(copy.parent_code, chr(1))) end$x$
        when type like 'timestamp%' then format($x$source.%I - copy.back * interval '1 day'$x$, col)
        else loader.expression(tab, col, type)
    end
$$;
create table loader.instance as
select proc_inst_id_, id as pattern from act_hi_procinst join loader.pattern on pattern.item_no = business_key_;
create table loader.task as select id_, instance.pattern from act_ru_task join loader.instance using (proc_inst_id_);
do $$
declare tab text; key text; keys text; names text; expressions text; which text;
begin
    for tab, key, keys in values
            ('act_ru_execution', 'proc_inst_id_', 'loader.instance'), ('act_ru_task', 'proc_inst_id_', 'loader.instance'),
            ('act_ru_variable', 'proc_inst_id_', 'loader.instance'), ('act_ru_event_subscr', 'proc_inst_id_', 'loader.instance'),
            ('act_ru_job', 'process_instance_id_', 'loader.instance'), ('act_ru_identitylink', 'task_id_', 'loader.task'),
            ('act_ru_authorization', 'resource_id_', 'loader.task'), ('act_hi_procinst', 'proc_inst_id_', 'loader.instance'),
            ('act_hi_actinst', 'proc_inst_id_', 'loader.instance') loop
        select string_agg(format('%I', column_name), ', ' order by ordinal_position),
               string_agg(loader.engine_expression(tab, column_name, data_type), ', ' order by ordinal_position)
            into names, expressions
            from information_schema.columns where table_schema = 'public' and table_name = tab;
        which := case tab when 'act_hi_actinst' then ' where not copy.ended or loader.pick(copy.k, 9, 100) < loader.setting(''history'')'
            else '' end;
        execute format('insert into %1$I (%2$s) select %3$s from %1$I source
            join %4$s known on known.%5$s = source.%6$s join loader.pattern on pattern.id = known.pattern
            join loader.copy on copy.pattern = pattern.id join item on item.id = copy.item_id%7$s order by source.ctid, copy.k',
            tab, names, expressions, keys, case when keys = 'loader.task' then 'id_' else 'proc_inst_id_' end, key, which);
    end loop;
end $$;

-- Sequences, indexes, and what is derived from all that ---------------------------------------------------------------
select setval('item_number', (select last_value from item_number) + loader.setting('items'));
do $$
declare tab text; definition text; rebuild text; last bigint;
begin
    for tab in select table_name from information_schema.columns
            where table_schema = 'public' and column_name = 'id' and is_identity = 'YES'
              and (table_name in (select * from loader.copied)
                or table_name in ('item', 'timeline', 'issued_number', 'record_digest', 'notice')) loop
        execute format('select max(id) from %I', tab) into last;
        perform setval(pg_get_serial_sequence(tab, 'id'), last) where last is not null;
    end loop;
    for definition in select later.definition from loader.later loop
        execute definition;
    end loop;
    -- Triggers keep derived tables, and triggers were off: each has a function that computes it anew.
    for rebuild in select oid::regprocedure::text from pg_proc
            where pronamespace = 'public'::regnamespace and pronargs = 0 and proname ~ '^rebuild_' order by proname loop
        execute 'select ' || rebuild;
    end loop;
end $$;
set client_min_messages = warning;
drop schema loader cascade;
