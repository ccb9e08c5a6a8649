-- The second factor (第二因素): a device that makes one-time codes, recovery codes, and its removal by two administrators.

create table second_factor (
    id           bigint generated always as identity primary key,
    -- It stays when the person leaves: somebody taken out and put in again is not rid of it.
    person_id    text not null unique references person (id),
    -- Encrypted with a key that is not in the database: nonce, then AES-256-GCM with the person's id bound to it.
    secret       bytea not null check (length(secret) = 12 + 20 + 16),
    enrolled_at  timestamptz not null,
    -- The step of the last code that was used: none of it or of a step before counts again.
    last_step    bigint not null,
    -- Wrong codes since the last right one or the last lock, and how often in a row it was locked.
    failures     integer not null default 0,
    locks        integer not null default 0,
    locked_until timestamptz
);

create table recovery_code (
    factor_id bigint not null references second_factor (id) on delete cascade,
    -- SHA-256 of the code, which is shown once and kept nowhere. 80 random bits need no salt.
    digest    bytea not null check (length(digest) = 32),
    used_at   timestamptz,
    primary key (factor_id, digest)
);

-- Somebody without device asks; one administrator approves, another confirms, neither of them the person.
create table factor_recovery (
    id           bigint generated always as identity primary key,
    person_id    text not null references person (id),
    -- No reference: the factor goes, the request stays.
    factor_id    bigint not null,
    asked_at     timestamptz not null,
    expires_at   timestamptz not null check (expires_at > asked_at),
    approved_by  text references person (id) check (approved_by <> person_id),
    approved_at  timestamptz,
    -- Confirmed by the second administrator, refused by any, or replaced by a later request.
    closed_at    timestamptz,
    confirmed_by text references person (id) check (confirmed_by <> person_id and confirmed_by <> approved_by),
    check (confirmed_by is null or approved_by is not null and closed_at is not null)
);
-- One open request for each person.
create unique index factor_recovery_open on factor_recovery (person_id) where closed_at is null;
