-- A report that was taken on paper while the house could not be reached: when the paper was received, and
-- when it was typed in. Appended: a time that is corrected stays beside its correction.
create table paper_report (
    case_id text not null,
    seq bigint not null,
    received_ms bigint not null,
    by_person text not null,
    at_ms bigint not null,
    constraint paper_report_pk primary key (case_id, seq),
    constraint paper_report_case foreign key (case_id) references case_file (case_id)
);
