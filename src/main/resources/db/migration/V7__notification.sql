-- Notifications (通知). Messages carry numbers and links, never a title: these tables need no more either.

alter table person
    add column email            text,
    add column wecom_user_id    text,
    add column dingtalk_user_id text;

-- One for each person and occasion: the in-app channel (站内).
create table notice (
    id         bigint generated always as identity primary key,
    kind       text not null,
    item_no    text not null,
    person     text not null references person (id),
    occasion   text not null,
    created_at timestamptz not null,
    read_at    timestamptz,
    unique (item_no, kind, person, occasion)
);
create index notice_person on notice (person, id);
create index notice_unread on notice (person, id) where read_at is null;

-- One message to one person, or to the group of a robot, through one channel.
create table delivery (
    id                bigint generated always as identity primary key,
    channel           text not null,
    -- Null: the group that the channel's robot belongs to.
    person            text references person (id),
    deduplication_key text not null unique,
    state             text not null check (state in ('WAITING', 'SENT', 'FAILED', 'SUPPRESSED')),
    attempts          integer not null default 0,
    -- Null: at once.
    not_before        timestamptz,
    created_at        timestamptz not null,
    sent_at           timestamptz,
    last_error        text
);

-- What a message tells: one notice, or those of a day where they are gathered.
create table delivery_notice (
    delivery_id bigint not null references delivery (id),
    notice_id   bigint not null references notice (id),
    primary key (delivery_id, notice_id)
);
create index delivery_notice_notice on delivery_notice (notice_id);
