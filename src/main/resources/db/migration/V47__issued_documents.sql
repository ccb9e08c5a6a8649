-- What was written to a unit stays as it was issued, whatever becomes of the item afterwards: the file, its number and its date.
-- Issued again, it is another version. Never changed, never deleted.
create table issued_document (
    id        bigint generated always as identity primary key,
    item_id   bigint      not null references item (id),
    kind      text        not null,
    version   integer     not null check (version > 0),
    -- The deed that it is about: of another deed there is another document.
    occasion  text        not null,
    -- The office's number, where it has one.
    number    text,
    issued_on date        not null,
    issued_at timestamptz not null,
    issued_by text        not null references person (id),
    -- Why it was issued again; null for what was issued as it came.
    reason    text,
    content   bytea       not null,
    sha256    text        not null,
    unique (item_id, kind, version)
);

create function issued_document_is_frozen() returns trigger language plpgsql as $$
begin
    raise exception 'an issued document is never changed';
end
$$;
create trigger issued_document_is_frozen before update or delete on issued_document
    for each row execute function issued_document_is_frozen();
create trigger issued_documents_are_frozen before truncate on issued_document
    for each statement execute function issued_document_is_frozen();
