-- Papers of a case: what was asked for and seen, the consent for each channel, and its substitution
-- by the prosecutor. Appended; the newest entry of a kind and subject stands. Words and scans are
-- sealed under the case's key.
create table paper_entry (
    case_id text not null,
    seq bigint not null,
    kind text not null,
    subject text not null,
    code text not null,
    words_sealed blob not null,
    scan_blob text,
    by_person text not null,
    at_ms bigint not null,
    constraint paper_entry_pk primary key (case_id, seq),
    constraint paper_entry_case foreign key (case_id) references case_file (case_id)
);

-- Statements are numbered by district and year, without a gap; a case has one number.
create table paper_number (
    district text not null,
    year bigint not null,
    number bigint not null,
    case_id text not null,
    at_ms bigint not null,
    constraint paper_number_pk primary key (district, year, number),
    constraint paper_number_case unique (case_id)
);
