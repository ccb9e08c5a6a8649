-- What the first of two verifiers on site found to be done, until the second has confirmed it (DOMAIN.md §1, step 4); what was
-- confirmed is a row of verification as well. Nothing is taken away: what was refused stays.
create table joint_finding (
    id             bigint generated always as identity primary key,
    item_id        bigint not null references item (id),
    round          integer not null,
    first_verifier text not null references person (id),
    others         text[] not null,
    method         text not null,
    verified_on    date not null,
    criteria       text[] not null,
    call_back      text,
    call_back_note text,
    opinion        text not null,
    recorded_at    timestamptz not null,
    answered_by    text references person (id),
    confirmed      boolean,
    answer_opinion text,
    answered_at    timestamptz,
    check ((answered_at is null) = (answered_by is null) and (answered_at is null) = (confirmed is null)),
    check (answered_by <> first_verifier)
);
create index joint_finding_item on joint_finding (item_id);
create index joint_finding_first on joint_finding (first_verifier);
create index joint_finding_second on joint_finding (answered_by);
create unique index joint_finding_waiting on joint_finding (item_id, round) where answered_at is null;

create trigger joint_finding_noted after insert or update or delete on joint_finding
    for each row execute function note_record_row();

-- In the place of V32's, with the table above.
create or replace function digest_record(of_item bigint, taken_by text) returns void language plpgsql set timezone = 'UTC' as $$
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
            union all select 'joint_finding ' || jsonb_strip_nulls(to_jsonb(t))::text from joint_finding t where item_id = of_item
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
