-- A device that asked for alerts: a coarse cell, never a point, and no history. Clustered by
-- (cell, number) so that an area is read in order; `seq` grows with each join or move.
create table subscriber (
    cell bigint not null,
    number bigint not null,
    seq bigint not null,
    endpoint text not null,
    endpoint_hash bytea not null,
    p256dh bytea not null,
    auth bytea not null,
    language text not null,
    manage_hash bytea not null,
    created_ms bigint not null,
    constraint subscriber_pk primary key (cell, number),
    constraint subscriber_number_once unique (number),
    constraint subscriber_endpoint_once unique (endpoint_hash)
);

create index subscriber_by_seq on subscriber (seq);

-- A device leaves by its token.
create index subscriber_by_manage on subscriber (manage_hash);
