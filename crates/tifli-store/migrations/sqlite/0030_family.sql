-- The family's way to its own page: the keyed hash of a number shown once, and the word agreed with
-- them. Issued again, an earlier number is worth nothing.
create table family_access (
    case_id text not null,
    seq bigint not null,
    pin_hash blob not null,
    code_word_sealed blob not null,
    issued_by text not null,
    issued_ms bigint not null,
    revoked_ms bigint,
    constraint family_access_pk primary key (case_id, seq),
    constraint family_pin_once unique (pin_hash),
    constraint family_access_case foreign key (case_id) references case_file (case_id)
);

-- What the family writes on that page.
create table family_note (
    case_id text not null,
    seq bigint not null,
    kind text not null,
    body_sealed blob not null,
    at_ms bigint not null,
    read_ms bigint,
    read_by text,
    constraint family_note_pk primary key (case_id, seq),
    constraint family_note_case foreign key (case_id) references case_file (case_id)
);
