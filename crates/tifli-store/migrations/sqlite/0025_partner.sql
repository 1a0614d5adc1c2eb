-- Hand-overs: one version of an alert given to one partner by people. The row says where it stands;
-- its receipts, which are only ever added to, say who did or saw what, and when.
alter table case_file add column seen_live_ms bigint;

create table handover (
    handover_id text not null,
    case_id text not null,
    alert_id text not null,
    message_id text not null,
    partner text not null,
    version bigint not null,
    state text not null,
    picture bigint not null,
    created_ms bigint not null,
    submitted_ms bigint,
    live_ms bigint,
    asked_ms bigint,
    withdrawn_ms bigint,
    constraint handover_pk primary key (handover_id),
    constraint handover_once unique (message_id, partner),
    constraint handover_case foreign key (case_id) references case_file (case_id),
    constraint handover_message foreign key (message_id) references message (message_id)
);

create index handover_by_alert on handover (alert_id, version);
create index handover_by_case on handover (case_id);
create index handover_by_state on handover (state);

-- What a person did or saw, or what a decision about the alert made of it (`by_person` null).
create table handover_receipt (
    handover_id text not null,
    seq bigint not null,
    act text not null,
    way text,
    by_person text,
    at_ms bigint not null,
    note_sealed blob,
    shot_blob text,
    constraint handover_receipt_pk primary key (handover_id, seq),
    constraint handover_receipt_handover foreign key (handover_id) references handover (handover_id)
);
