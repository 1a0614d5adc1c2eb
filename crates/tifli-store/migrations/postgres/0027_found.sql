-- A child found before anybody reported it. Everything known of it is sealed under a key of its
-- own, whose owner is this row's id; a photo is a file under the same key. `case_id` is the case
-- that was proposed, or whose child it is.
create table found_child (
    found_id text not null,
    number bigint not null,
    district text not null,
    state text not null,
    registered_by text not null,
    registered_ms bigint not null,
    facts_sealed bytea,
    photo_blob text,
    case_id text,
    proposed_by text,
    proposed_ms bigint,
    confirmed_by text,
    confirmed_ms bigint,
    closed_by text,
    closed_ms bigint,
    reason_sealed bytea,
    erased_ms bigint,
    constraint found_child_pk primary key (found_id),
    constraint found_child_number_once unique (number)
);

create index found_child_by_case on found_child (case_id);
