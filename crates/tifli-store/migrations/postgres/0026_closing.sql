-- From found to closed: what was said of each item, appended, never overwritten; the newest stands.
-- Names and words are sealed under the case's key; the codes outlive the case, for the figures.
create table closing_step (
    case_id text not null,
    item text not null,
    seq bigint not null,
    how text not null,
    word text not null,
    by_person text not null,
    at_ms bigint not null,
    note_sealed bytea,
    constraint closing_step_pk primary key (case_id, item, seq),
    constraint closing_step_case foreign key (case_id) references case_file (case_id)
);

-- What a closed file ended as, and when it is due for erasure.
create table retention (
    case_id text not null,
    ending text not null,
    attribution text not null,
    found_by text not null,
    class text not null,
    closed_ms bigint not null,
    erase_on_ms bigint not null,
    constraint retention_pk primary key (case_id),
    constraint retention_case foreign key (case_id) references case_file (case_id)
);

create index retention_by_day on retention (erase_on_ms);

-- While a hold stands, nobody erases the case. Who placed it cannot lift it.
create table legal_hold (
    hold_id text not null,
    case_id text not null,
    kind text not null,
    placed_by text not null,
    placed_ms bigint not null,
    until_ms bigint,
    basis_sealed bytea,
    lifted_by text,
    lifted_ms bigint,
    reason_sealed bytea,
    constraint legal_hold_pk primary key (hold_id),
    constraint legal_hold_case foreign key (case_id) references case_file (case_id)
);

create index legal_hold_by_case on legal_hold (case_id);

-- An earlier disappearance of the same child, linked by an officer.
create table episode (
    case_id text not null,
    earlier_id text not null,
    linked_by text not null,
    linked_ms bigint not null,
    constraint episode_pk primary key (case_id, earlier_id),
    constraint episode_case foreign key (case_id) references case_file (case_id)
);
