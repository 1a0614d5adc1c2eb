-- One telegram for one system of a service, handed over as a signed CAP document: written with the telegram, called
-- under a lease, three outcomes. `version` is the telegram's place in its bulletin: no system gets an earlier one after
-- a later one.
create table dispatch (
    dispatch_id text not null,
    telegram_id text not null,
    bulletin_id text not null,
    case_id text not null,
    version bigint not null,
    kind text not null,
    endpoint_id text not null,
    service_id text not null,
    state text not null,
    outcome text,
    code text,
    attempts bigint not null,
    next_ms bigint not null,
    created_ms bigint not null,
    sent_ms bigint,
    finished_ms bigint,
    lease_token text,
    lease_until_ms bigint,
    lease_attempts bigint not null,
    constraint dispatch_pk primary key (dispatch_id),
    constraint dispatch_once unique (telegram_id, endpoint_id),
    constraint dispatch_telegram foreign key (telegram_id) references telegram (telegram_id)
);

create index dispatch_due on dispatch (state, next_ms);
create index dispatch_by_bulletin on dispatch (bulletin_id, version);
create index dispatch_by_endpoint on dispatch (endpoint_id, state);
create index dispatch_by_case on dispatch (case_id);

-- Each call to a system of a service, written before it is made.
create table dispatch_call (
    dispatch_id text not null,
    seq bigint not null,
    begun_ms bigint not null,
    ended_ms bigint,
    outcome text not null,
    code text not null,
    constraint dispatch_call_pk primary key (dispatch_id, seq),
    constraint dispatch_call_dispatch foreign key (dispatch_id) references dispatch (dispatch_id)
);
