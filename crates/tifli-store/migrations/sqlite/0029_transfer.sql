-- A case offered to another district, to take over or to read; two people sign. The number that
-- people say keeps the district it was opened in.
create table transfer (
    transfer_id text not null,
    case_id text not null,
    kind text not null,
    state text not null,
    from_district text not null,
    to_district text not null,
    reason_sealed blob,
    asked_by text not null,
    asked_ms bigint not null,
    answered_by text,
    answered_ms bigint,
    ended_by text,
    ended_ms bigint,
    constraint transfer_pk primary key (transfer_id),
    constraint transfer_case foreign key (case_id) references case_file (case_id)
);

create unique index transfer_open_once on transfer (case_id, kind, to_district) where state = 'asked';
create index transfer_by_case on transfer (case_id, asked_ms);
create index transfer_by_reader on transfer (to_district, state);

alter table case_file add column number_district text;
