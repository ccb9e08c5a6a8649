-- Sign-on: what is kept about an account beside the person, and personal access tokens.

create table account (
    person_id           text primary key references person (id),
    -- Null while the password is the initial one, which somebody else knows.
    password_changed_at timestamptz,
    -- Null unless an administrator has set another initial one since.
    password_reset_at   timestamptz,
    -- Wrong passwords since the last right one, each within the lock-out's duration of the one before.
    failures            integer not null default 0,
    last_failure_at     timestamptz,
    locked_until        timestamptz
);

create table access_token (
    id           bigint generated always as identity primary key,
    person_id    text not null references person (id),
    name         text not null check (length(name) between 1 and 100),
    -- SHA-256 of the token, which is shown once and kept nowhere. 256 random bits need no salt.
    digest       bytea not null unique check (length(digest) = 32),
    created_at   timestamptz not null,
    expires_at   timestamptz not null check (expires_at > created_at),
    last_used_at timestamptz,
    revoked_at   timestamptz
);
create index access_token_person on access_token (person_id);

-- Whoever leaves leaves no key behind, and finds none when they come back.
create function revoke_access_tokens() returns trigger language plpgsql as $$
begin
    update access_token set revoked_at = now() where person_id = new.id and revoked_at is null;
    return null;
end $$;
create trigger person_left after update of enabled on person
    for each row when (old.enabled and not new.enabled) execute function revoke_access_tokens();
