-- Who said what: an answer names its source within the case (0 is the reporter), why it has no value,
-- and when it was said. Answers of different sources to one question stand side by side.
alter table answer add column source bigint not null default 0;
alter table answer add column mark text;
alter table answer add column said_ms bigint;

-- People of the case who answer questions beside the reporter.
create table answer_source (
    case_id text not null,
    source bigint not null,
    tie text not null,
    name_sealed bytea not null,
    by_person text not null,
    at_ms bigint not null,
    constraint answer_source_pk primary key (case_id, source),
    constraint answer_source_case foreign key (case_id) references case_file (case_id)
);

-- Whose answer the report takes, chosen by a person; the newest choice of a question counts.
create table answer_pick (
    case_id text not null,
    field text not null,
    seq bigint not null,
    source bigint not null,
    by_person text not null,
    at_ms bigint not null,
    constraint answer_pick_pk primary key (case_id, field, seq),
    constraint answer_pick_case foreign key (case_id) references case_file (case_id)
);

-- The lists of people and places; a changed row is appended under its item, the newest one counts.
create table known_item (
    case_id text not null,
    list text not null,
    item bigint not null,
    seq bigint not null,
    body_sealed bytea not null,
    source bigint not null,
    gone bigint not null,
    by_person text not null,
    at_ms bigint not null,
    constraint known_item_pk primary key (case_id, list, item, seq),
    constraint known_item_case foreign key (case_id) references case_file (case_id)
);

-- Why a person had sealed answers opened.
create table sealed_opening (
    case_id text not null,
    seq bigint not null,
    reason_sealed bytea not null,
    by_person text not null,
    at_ms bigint not null,
    constraint sealed_opening_pk primary key (case_id, seq),
    constraint sealed_opening_case foreign key (case_id) references case_file (case_id)
);

-- Places to check. One origin (an answer, a row of a list) gives one place.
create table place_check (
    case_id text not null,
    item bigint not null,
    origin text not null,
    reason text not null,
    position bigint not null,
    place_sealed bytea not null,
    unit text,
    assigned_by text,
    assigned_ms bigint,
    created_ms bigint not null,
    constraint place_check_pk primary key (case_id, item),
    constraint place_check_origin_once unique (case_id, origin),
    constraint place_check_case foreign key (case_id) references case_file (case_id)
);

create index place_check_by_unit on place_check (unit);

-- What a check came to: appended, never changed.
create table place_result (
    case_id text not null,
    item bigint not null,
    seq bigint not null,
    outcome text not null,
    note_sealed bytea not null,
    by_person text not null,
    at_ms bigint not null,
    constraint place_result_pk primary key (case_id, item, seq),
    constraint place_result_check foreign key (case_id, item) references place_check (case_id, item)
);
