-- What the public tells us, sealed under the key of the case it speaks of; found again by the
-- keyed hash of its receipt only.
create table tip (
    tip_id text not null,
    seq bigint not null,
    case_id text not null,
    alert_id text not null,
    receipt_hash bytea not null,
    state text not null,
    body_sealed bytea not null,
    received_ms bigint not null,
    decided_ms bigint,
    decided_by text,
    reason_sealed bytea,
    constraint tip_pk primary key (tip_id),
    constraint tip_seq_once unique (seq),
    constraint tip_receipt_once unique (receipt_hash),
    constraint tip_case foreign key (case_id) references case_file (case_id)
);

create index tip_by_case on tip (case_id, seq);
create index tip_by_state on tip (state, seq);

-- The dialogue under a receipt.
create table tip_note (
    tip_id text not null,
    seq bigint not null,
    side text not null,
    body_sealed bytea not null,
    by_person text,
    at_ms bigint not null,
    constraint tip_note_pk primary key (tip_id, seq),
    constraint tip_note_tip foreign key (tip_id) references tip (tip_id)
);

-- Wrong receipts typed, per keyed hash of the network they came from; swept after an hour.
create table receipt_guess (
    network_hash bytea not null,
    window_ms bigint not null,
    failures bigint not null,
    constraint receipt_guess_pk primary key (network_hash, window_ms)
);
