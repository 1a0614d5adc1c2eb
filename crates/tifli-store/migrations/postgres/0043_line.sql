-- A call taken on the line. What was said is sealed under the key of the case it is about, or under a key of its
-- own, whose owner is this row's id, while it is about none. The caller's receipt is known by its keyed hash only.
-- `due_ms` is when somebody must have seen to it; a call that became a tip has none.
create table line_call (
    call_id text not null,
    number bigint not null,
    kind text not null,
    case_id text,
    tip_id text,
    receipt_hash bytea not null,
    body_sealed bytea,
    called_ms bigint not null,
    taken_ms bigint not null,
    taken_by text not null,
    due_ms bigint,
    paged_ms bigint,
    settled_ms bigint,
    settled_by text,
    ending text,
    note_sealed bytea,
    erased_ms bigint,
    constraint line_call_pk primary key (call_id),
    constraint line_call_number_once unique (number),
    constraint line_call_receipt_once unique (receipt_hash),
    constraint line_call_case foreign key (case_id) references case_file (case_id)
);

create index line_call_by_case on line_call (case_id);
create index line_call_open on line_call (settled_ms, due_ms);

-- Where a tip came from that the public's form did not bring, and the grade it started with. Such a tip answers
-- no alert: its `alert_id` is empty.
create table tip_source (
    tip_id text not null,
    case_id text not null,
    origin text not null,
    call_id text,
    service text,
    bulletin_id text,
    by_person text not null,
    source_grade text not null,
    information_grade bigint not null,
    at_ms bigint not null,
    constraint tip_source_pk primary key (tip_id),
    constraint tip_source_tip foreign key (tip_id) references tip (tip_id)
);

create index tip_source_by_case on tip_source (case_id);

-- A place where a unit looked and found nothing: where, when, how well. `item` is the place to check it stands
-- for, if it is one.
create table unit_search (
    search_id text not null,
    case_id text not null,
    bulletin_id text not null,
    service text not null,
    item bigint,
    cover text not null,
    place_sealed bytea not null,
    searched_ms bigint not null,
    by_person text not null,
    at_ms bigint not null,
    constraint unit_search_pk primary key (search_id),
    constraint unit_search_case foreign key (case_id) references case_file (case_id)
);

create index unit_search_by_case on unit_search (case_id, searched_ms);
