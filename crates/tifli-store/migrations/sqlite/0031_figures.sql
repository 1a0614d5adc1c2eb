-- What statistics know of a case that its erasure takes away: codes and counts, nothing that names a
-- child. The first three are written with the receipt of the report and follow its answers; the
-- others are counted where they stand, and put down here just before the erasure (`frozen` is 1).
create table case_figure (
    case_id text not null,
    nature text not null,
    age text not null,
    sex text not null,
    rung text not null,
    tips bigint not null,
    tips_linked bigint not null,
    tips_dismissed bigint not null,
    frozen bigint not null,
    constraint case_figure_pk primary key (case_id),
    constraint case_figure_case foreign key (case_id) references case_file (case_id)
);

-- A period's cases are found by when they were received.
create index case_file_by_receipt on case_file (received_ms);
