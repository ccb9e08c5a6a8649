-- Evidence (佐证材料): the files that show what was done. Content is kept once for each hash, in a store beside the
-- database; what names it is here.

-- One content, whoever uploaded it how often. The row is there before the content is and goes after it, so that whatever
-- the store has on our account is known here.
create table evidence_content (
    sha256        text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes         bigint not null check (bytes > 0),
    type          text not null,
    -- Of an image whose size can be read.
    pixels        bigint check (pixels > 0),
    -- When an upload last wanted it: what nothing names is kept for a while, for a transaction that is still on its way.
    wanted_at     timestamptz not null,
    -- Null until the store has it.
    stored_at     timestamptz,
    -- Whether the small picture is in the store: null until somebody asks for it.
    thumbnail     boolean,
    -- When the store was last asked for it, and since when it has not had it.
    checked_at    timestamptz,
    missing_since timestamptz
);
create index evidence_content_wanted on evidence_content (wanted_at);
create index evidence_content_checked on evidence_content (checked_at nulls first) where stored_at is not null;

-- One piece of evidence at an item; its file may have several versions.
create table evidence (
    id               bigint generated always as identity primary key,
    item_id          bigint not null references item (id),
    -- The number of the measure that it shows; null for the item as a whole.
    measure_seq      smallint check (measure_seq > 0),
    -- RECTIFICATION: of those who work on the item, counts as a measure's evidence. VERIFICATION: of those who verify.
    purpose          text not null check (purpose in ('RECTIFICATION', 'VERIFICATION')),
    round            integer not null,
    -- The piece that it was taken over from, at this or another item.
    taken_from       bigint references evidence (id),
    withdrawn_by     text references person (id),
    withdrawn_at     timestamptz,
    withdrawn_reason text,
    check ((withdrawn_by is null) = (withdrawn_at is null) and (withdrawn_by is null) = (withdrawn_reason is null))
);
create index evidence_item on evidence (item_id, measure_seq);

create table evidence_version (
    evidence_id bigint not null references evidence (id),
    version     smallint not null check (version > 0),
    name        text not null check (length(name) between 1 and 200),
    sha256      text not null references evidence_content (sha256),
    note        text check (length(note) <= 300),
    uploaded_by text not null references person (id),
    uploaded_at timestamptz not null,
    primary key (evidence_id, version)
);
create index evidence_version_content on evidence_version (sha256);

-- What was uploaded stays what it was; a piece is withdrawn once and nothing else about it changes.
create trigger evidence_version_append_only before update or delete on evidence_version
    for each row execute function refuse_change();
create trigger evidence_version_no_truncate before truncate on evidence_version
    for each statement execute function refuse_change();

create function keep_evidence() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or old.withdrawn_at is not null
        or (to_jsonb(new) - 'withdrawn_by' - 'withdrawn_at' - 'withdrawn_reason')
            <> (to_jsonb(old) - 'withdrawn_by' - 'withdrawn_at' - 'withdrawn_reason') then
        raise exception 'Evidence % stays as it was', old.id;
    end if;
    return new;
end $$;
create trigger evidence_stays before update or delete on evidence
    for each row execute function keep_evidence();
create trigger evidence_no_truncate before truncate on evidence
    for each statement execute function refuse_change();
