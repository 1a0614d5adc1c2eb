-- What somebody must do about a case by a time. The note says how it was done, sealed.
create table duty (
    duty_id text not null,
    case_id text not null,
    kind text not null,
    subject text not null,
    opened_ms bigint not null,
    due_ms bigint not null,
    paged_ms bigint,
    settled_ms bigint,
    settled_by text,
    ending text,
    note_sealed bytea,
    constraint duty_pk primary key (duty_id),
    constraint duty_case foreign key (case_id) references case_file (case_id)
);

create unique index duty_open_once on duty (case_id, kind, subject) where settled_ms is null;
create index duty_by_case on duty (case_id, opened_ms);
create index duty_by_due on duty (settled_ms, due_ms);
