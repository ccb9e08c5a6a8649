-- The ledger's page: search, chosen columns, saved views.

-- Two neighbouring characters each (二字串), so that a word of two characters is found by an index; repeated ones stay, an
-- index keeps each once. Nothing but PostgreSQL itself is needed for it: no extension, nobody's superuser.
create function word_pairs(words text) returns text[] language plpgsql immutable strict parallel safe as $$
declare
    previous text;
    following text;
    pairs text[] := '{}';
begin
    foreach following in array string_to_array(words, null) loop
        if previous is not null then
            pairs := array_append(pairs, previous || following);
        end if;
        previous := following;
    end loop;
    return pairs;
end $$;

-- Half-width, full-width, upper and lower case are one.
create function searchable(words text) returns text language sql immutable strict parallel safe as $$
    select lower(normalize(words, nfkc))
$$;

-- What search reads of an item, beside it: an item's row is written with each step, its words hardly ever.
create table item_text (
    item_id bigint primary key references item (id) on delete cascade,
    words   text not null,
    -- Whom a petition is about; apart from the words, because not everybody may read it.
    subject text
);

create function item_text_of(item item) returns item_text language sql immutable as $$
    select item.id,
           searchable(concat_ws(E'\n', item.item_no, item.title, item.fact_text, item.location, item.source_doc_no,
               case when item.source_type not in ('MASS', 'PETITION', 'HOTLINE') then item.subject end)),
           case when item.source_type in ('MASS', 'PETITION', 'HOTLINE') then searchable(item.subject) end
$$;

create function keep_item_text() returns trigger language plpgsql as $$
begin
    insert into item_text select (item_text_of(new)).*
    on conflict (item_id) do update set words = excluded.words, subject = excluded.subject;
    return null;
end $$;
create trigger item_text_of_new after insert on item for each row execute function keep_item_text();
create trigger item_text_of_changed after update on item for each row
    when (old.title is distinct from new.title or old.fact_text is distinct from new.fact_text
        or old.location is distinct from new.location or old.source_doc_no is distinct from new.source_doc_no
        or old.subject is distinct from new.subject or old.source_type is distinct from new.source_type)
    execute function keep_item_text();

insert into item_text select text.* from item, item_text_of(item) text;
create index item_text_words on item_text using gin (word_pairs(words));
create index item_text_subject on item_text using gin (word_pairs(subject));
-- How frequent each pair is tells the planner when the index does not pay.
analyze item_text;

-- Which columns somebody wants to see, in their order.
create table ledger_columns (
    person_id text primary key references person (id),
    columns   text[] not null
);

-- What somebody looks at again and again.
create table ledger_view (
    id        bigint generated always as identity primary key,
    person_id text not null references person (id),
    name      text not null,
    -- As the address of the ledger carries it.
    filter    text not null,
    sort      text not null,
    columns   text[] not null,
    -- What the ledger opens with.
    is_first  boolean not null default false,
    unique (person_id, name)
);
create unique index ledger_view_first on ledger_view (person_id) where is_first;
