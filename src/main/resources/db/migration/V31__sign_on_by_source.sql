-- Failed sign-ons count for an account and the address that they come from, so that nobody locks out somebody else.

create table sign_on_count (
    -- A person's id; '?' and a digest of a name that is nobody's; '*' every account that the source is new for, '*known'
    -- every account that has signed on from there before.
    account  text not null,
    -- An IPv4 address or the first 64 bits of an IPv6 address; '*' all that are new for the account.
    source   text not null,
    -- Attempts that were not right, or are not yet; they fade away.
    failures integer not null,
    last_at  timestamptz not null,
    -- Before then nothing is tried.
    open_at  timestamptz not null,
    primary key (account, source)
);
create index sign_on_count_last on sign_on_count (last_at);

-- Where an account has signed on from.
create table known_source (
    person_id text not null references person (id),
    source    text not null,
    last_at   timestamptz not null,
    primary key (person_id, source)
);

alter table account
    drop column failures,
    drop column last_failure_at,
    drop column locked_until;
