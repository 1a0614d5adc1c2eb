-- What people decided and wrote down about whether and how a case may be public: the prosecutor's
-- ruling on the gate, what the prosecutor was told, rungs, notes, clearances, reviews. Appended; an
-- entry that no longer holds is ended, never removed. Words are sealed under the case's key.
create table publication_entry (
    case_id text not null,
    seq bigint not null,
    kind text not null,
    code text not null,
    words_sealed blob not null,
    by_person text not null,
    at_ms bigint not null,
    ended_ms bigint,
    ended_by text,
    constraint publication_entry_pk primary key (case_id, seq),
    constraint publication_entry_case foreign key (case_id) references case_file (case_id)
);
