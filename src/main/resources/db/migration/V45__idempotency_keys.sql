-- What was asked for under a key (Idempotency-Key, the one-time key of a form), so that a second request with it is
-- answered as the first one was. Kept for 24 hours.
create table idempotency_key (
    person_id    text not null references person (id),
    key          text not null check (length(key) between 1 and 128),
    -- SHA-256 over what was asked for.
    fingerprint  bytea not null check (length(fingerprint) = 32),
    begun_at     timestamptz not null,
    -- Of the first answer; null while the work goes on.
    status       smallint,
    location     text,
    content_type text,
    -- Null where the answer had none, and where it is not kept because it tells a secret.
    body         text,
    withheld     boolean not null default false,
    primary key (person_id, key)
);
create index idempotency_key_begun on idempotency_key (begun_at);
