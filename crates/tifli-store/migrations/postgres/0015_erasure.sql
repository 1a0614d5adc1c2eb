-- Two people erase a case. The row outlives the case: ids, counts and times only.
create table erasure (
    erasure_id text not null,
    case_id text not null,
    requested_by text not null,
    requested_ms bigint not null,
    confirmed_by text,
    keys_destroyed_ms bigint,
    done_ms bigint,
    answers bigint not null,
    photos bigint not null,
    tips bigint not null,
    messages bigint not null,
    constraint erasure_pk primary key (erasure_id)
);

create index erasure_by_case on erasure (case_id);
