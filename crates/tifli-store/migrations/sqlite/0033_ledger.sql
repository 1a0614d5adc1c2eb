-- Addresses of partners' systems, to which a program delivers. The partner and its law stand in the
-- country pack; where the system is and what opens it are sealed under the house's key.
create table endpoint (
    endpoint_id text not null,
    partner text not null,
    channel text not null,
    state text not null,
    why text not null,
    access_sealed blob not null,
    created_ms bigint not null,
    changed_ms bigint not null,
    constraint endpoint_pk primary key (endpoint_id)
);

create index endpoint_by_channel on endpoint (channel, state);

-- A delivery to one system has its name (`kind` is one), what is known of it (sent, refused, unknown),
-- and, where it was given up, who let the recall go on without it.
alter table delivery add column endpoint_id text;
alter table delivery add column outcome text;
alter table delivery add column code text;
alter table delivery add column released_by text;
alter table delivery add column released_ms bigint;
alter table delivery add column released_sealed blob;

-- Each call to a system, written before it is made: one without an end left, and was not heard of again.
create table attempt (
    delivery_id text not null,
    seq bigint not null,
    begun_ms bigint not null,
    ended_ms bigint,
    outcome text not null,
    code text not null,
    constraint attempt_pk primary key (delivery_id, seq),
    constraint attempt_delivery foreign key (delivery_id) references delivery (delivery_id)
);
