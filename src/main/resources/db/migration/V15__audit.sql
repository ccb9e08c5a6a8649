-- The audit trail (审计留痕): every row of the timeline and every audit event carries the hash of what it says and of the
-- row before it in its chain. docs/audit.md says what that proves.
--
-- A chain is 'item <item.id>' for a timeline and 'event <kind>' for audit events. In it rows count 1, 2, 3 (seq), and
--     hash = sha256(hash of the row before || record), before the first row sha256(name of the chain),
-- where the record is the row as PostgreSQL writes a composite value as text, in UTF-8, with time zone UTC and date
-- style ISO, hash left empty, without the bracket at its end and the commas of empty columns before it. That names every
-- column by its place, tells empty from missing, and quotes whatever could be mistaken.
--
-- What a later migration has to do:
--   * A new column that may be null and has no default: nothing. It stands behind the others, is covered from then on,
--     and leaves the hashes of the rows of before as they are.
--   * A default, a value for rows of before, a dropped column or another type change what rows of before say. Do not.
--     Where it must be, verify and archive the last anchor first, then chain anew in the migration as below; every
--     anchor of before is then worth only what its archived file is.
--   * A generated column, or another trigger that changes a row before it is inserted, would not be covered: none.

create table chain_head (
    chain text primary key,
    rows  bigint not null,
    hash  bytea not null
    -- Room on the page, so that a head that moves stays there and its index is left alone.
) with (fillfactor = 50);

-- What happened beside the items: who signed on and off, who was refused where there is no item, what left the house,
-- whose permissions changed.
create table audit_event (
    id      bigint generated always as identity primary key,
    at      timestamptz not null,
    kind    text not null,
    -- A person's id. No reference: it stays when the person goes.
    actor   text,
    -- What or whom it is about.
    subject text,
    details jsonb not null,
    seq     bigint not null,
    hash    bytea not null
);

-- Taken once a day: one digest over the heads of all chains.
create table anchor (
    id       bigint generated always as identity primary key,
    day      date not null unique,
    made_at  timestamptz not null,
    -- SHA-256 of the anchor's file, which names the anchor before and every head that moved since.
    digest   text not null
);
create table anchor_head (
    -- Deferred: the digest in the anchor is that of its heads, which are written before it.
    anchor_id bigint not null references anchor (id) deferrable initially deferred,
    chain     text not null,
    rows      bigint not null,
    hash      bytea not null,
    primary key (chain, anchor_id)
);
create index anchor_head_anchor on anchor_head (anchor_id, chain);

alter table timeline
    add column seq  bigint,
    add column hash bytea;

create function chain_hash(previous bytea, record text) returns bytea language sql immutable as $$
    select sha256(previous || convert_to(regexp_replace(record, ',*\)$', ''), 'UTF8'))
$$;

create function chain_timeline() returns trigger language plpgsql
    set timezone = 'UTC' set datestyle = 'ISO, YMD' as $$
declare
    head  chain_head;
    named constant text := 'item ' || new.item_id;
begin
    -- Writers of one item come one after the other, in the order in which the reference to the item would lock anyway.
    perform from item where id = new.item_id for key share;
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

create function chain_audit_event() returns trigger language plpgsql
    set timezone = 'UTC' set datestyle = 'ISO, YMD' as $$
declare
    head  chain_head;
    named constant text := 'event ' || new.kind;
begin
    perform pg_advisory_xact_lock(hashtextextended(named, 0));
    select * into head from chain_head where chain = named;
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

-- The rows that are there already.
alter table timeline disable trigger timeline_append_only;
do $$
declare
    line     timeline;
    chained  timeline;
    previous bytea;
    item     bigint;
    n        bigint;
begin
    set local timezone = 'UTC';
    set local datestyle = 'ISO, YMD';
    for line in select * from timeline order by item_id, id loop
        if item is distinct from line.item_id then
            item := line.item_id;
            n := 0;
            previous := sha256(convert_to('item ' || item, 'UTF8'));
        end if;
        n := n + 1;
        chained := line;
        chained.seq := n;
        previous := chain_hash(previous, chained::text);
        update timeline set seq = n, hash = previous where id = line.id;
    end loop;
    insert into chain_head
        select distinct on (item_id) 'item ' || item_id, seq, hash from timeline order by item_id, seq desc;
    set local timezone to default;
    set local datestyle to default;
end $$;
alter table timeline enable trigger timeline_append_only;
alter table timeline alter column seq set not null, alter column hash set not null;

create trigger timeline_chain before insert on timeline for each row execute function chain_timeline();
create trigger audit_event_chain before insert on audit_event for each row execute function chain_audit_event();

create trigger audit_event_append_only before update or delete on audit_event
    for each row execute function refuse_change();
create trigger audit_event_no_truncate before truncate on audit_event
    for each statement execute function refuse_change();
create trigger anchor_append_only before update or delete on anchor
    for each row execute function refuse_change();
create trigger anchor_no_truncate before truncate on anchor
    for each statement execute function refuse_change();
create trigger anchor_head_append_only before update or delete on anchor_head
    for each row execute function refuse_change();
create trigger anchor_head_no_truncate before truncate on anchor_head
    for each statement execute function refuse_change();

-- Only the chains themselves move their heads.
create trigger chain_head_by_chains before insert or update on chain_head
    for each row when (pg_trigger_depth() = 0) execute function refuse_change();
create trigger chain_head_stays before delete on chain_head
    for each row execute function refuse_change();
create trigger chain_head_no_truncate before truncate on chain_head
    for each statement execute function refuse_change();
