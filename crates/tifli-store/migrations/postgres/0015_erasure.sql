-- Two people erase a case. The row outlives the case: ids, counts and times only. The reason is
-- sealed under the case's key and goes with it.
create table erasure (
    erasure_id text not null,
    case_id text not null,
    requested_by text not null,
    requested_ms bigint not null,
    reason_sealed bytea,
    declined_by text,
    declined_ms bigint,
    confirmed_by text,
    confirmed_ms bigint,
    keys_destroyed_ms bigint,
    done_ms bigint,
    answers bigint not null,
    photos bigint not null,
    tips bigint not null,
    messages bigint not null,
    constraint erasure_pk primary key (erasure_id)
);

create index erasure_by_case on erasure (case_id);
