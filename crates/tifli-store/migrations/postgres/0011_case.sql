-- A case exists from the first keystroke of its report. Everything typed is an answer: appended,
-- never overwritten, sealed under the case's own key.
create table case_file (
    case_id text not null,
    number bigint not null,
    district text not null,
    state text not null,
    opened_by text not null,
    started_ms bigint not null,
    received_ms bigint,
    submitted_ms bigint,
    published_ms bigint,
    ended_ms bigint,
    dark_ms bigint,
    closed_ms bigint,
    erased_ms bigint,
    constraint case_file_pk primary key (case_id),
    constraint case_file_number_once unique (number)
);

create index case_file_by_district on case_file (district, state);

-- `stands` is 0 for an answer that met a newer one: it is kept beside it until a person chooses.
create table answer (
    case_id text not null,
    field text not null,
    seq bigint not null,
    value_sealed bytea not null,
    by_person text not null,
    at_ms bigint not null,
    stands bigint not null,
    constraint answer_pk primary key (case_id, field, seq),
    constraint answer_case foreign key (case_id) references case_file (case_id)
);

-- A photo of a case or of a tip; its renditions are sealed blobs named by the hash of their
-- ciphertext. The lowest place is shown first.
create table media (
    media_id text not null,
    case_id text not null,
    tip_id text,
    place bigint not null,
    original_blob text not null,
    public_blob text not null,
    card_blob text not null,
    public_width bigint not null,
    public_height bigint not null,
    public_size bigint not null,
    public_sha256 text not null,
    public_sha1 text not null,
    created_by text not null,
    created_ms bigint not null,
    constraint media_pk primary key (media_id),
    constraint media_case foreign key (case_id) references case_file (case_id)
);

create index media_by_case on media (case_id);

-- Numbers handed out in order: cases, subscribers, subscription and message sequences.
create table counter (
    name text not null,
    value bigint not null,
    constraint counter_pk primary key (name)
);
