-- What an office keeps in place of what is shipped (decision tables, templates of documents, import profiles): every
-- version, by whom and when. The highest version counts; one without content says that the shipped one counts again.
create table office_file (
    id      bigint generated always as identity primary key,
    kind    text not null check (kind in ('DECISION_TABLE', 'DOCUMENT_TEMPLATE', 'IMPORT_PROFILE')),
    name    text not null check (name ~ '^[a-z0-9-]+$'),
    version integer not null check (version > 0),
    content bytea,
    made_by text not null references person (id),
    made_at timestamptz not null,
    unique (kind, name, version)
);

create trigger office_file_append_only before update or delete on office_file
    for each row execute function refuse_change();
create trigger office_file_no_truncate before truncate on office_file
    for each statement execute function refuse_change();

-- The page of the channels looks at the deliveries of the last days.
create index delivery_created on delivery (created_at);
