-- The security log (docs/audit.md): audit events on their way to a file and to a collector; and what a virus scan said of
-- evidence (docs/evidence.md).

-- The node on which it happened. Null for rows of before, whose hashes stay as they are (V15__audit.sql).
alter table audit_event add column node text;

-- Within a kind the numbers have no gap and are seen in their order, which cannot be said of ids.
create index audit_event_place on audit_event (kind, seq);

-- An event as its hash covers it: all columns as text, the hash left empty.
create function audit_event_record(event audit_event) returns text language plpgsql stable
    set timezone = 'UTC' set datestyle = 'ISO, YMD' as $$
begin
    event.hash := null;
    return event::text;
end $$;

-- A place where the log goes: one stream of lines, numbered 1, 2, 3.
create table audit_sink (
    sink          text primary key,
    -- The last line that was made, and its hash; the last line that arrived.
    made          bigint not null default 0,
    chained       bytea,
    shipped       bigint not null default 0 check (shipped <= made),
    shipped_at    timestamptz,
    -- One node ships at a time. No lock could be held: it would hold a connection while the network is waited for.
    leased_by     text,
    leased_until  timestamptz,
    failures      integer not null default 0,
    failing_since timestamptz,
    next_attempt  timestamptz,
    error         text,
    -- When the administrators were told of this failing.
    told_at       timestamptz
);

-- Up to where the events of a kind have become lines.
create table audit_sink_position (
    sink text not null references audit_sink (sink),
    kind text not null,
    seq  bigint not null check (seq > 0),
    primary key (sink, kind)
);

-- Lines that are made and have not arrived: word by word, so that what is sent once more is the same line.
create table audit_sink_line (
    sink    text not null references audit_sink (sink),
    n       bigint not null check (n > 0),
    at      timestamptz not null,
    content text not null,
    primary key (sink, n)
);

alter table evidence_content
    -- When a scanner found nothing; null where none has looked.
    add column scanned_at timestamptz,
    -- Verdict of a scanner: the content is kept and not served.
    add column malware    text;
create index evidence_content_unscanned on evidence_content (wanted_at)
    where scanned_at is null and malware is null and stored_at is not null;
