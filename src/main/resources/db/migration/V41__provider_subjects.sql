-- Which account at the identity provider somebody signed on with first. Names at a provider may be given to somebody else
-- one day, subjects are not (OpenID Connect Core 1.0, section 5.7).

create table provider_subject (
    person_id text not null references person (id),
    issuer    text not null,
    subject   text not null,
    bound_at  timestamptz not null,
    primary key (person_id, issuer),
    unique (issuer, subject)
);

-- Who comes back is known anew.
create function forget_provider_subjects() returns trigger language plpgsql as $$
begin
    delete from provider_subject where person_id = new.id;
    return null;
end $$;

create trigger person_leaves_provider_subjects after update of enabled on person
    for each row when (old.enabled and not new.enabled) execute function forget_provider_subjects();
