-- Somebody asked for alerts by e-mail and has not yet said so from the mailbox itself. The letter that asks for it
-- is handed over under a lease. The address is sealed; its keyed hash finds it again.
create table reader_request (
    request_id text not null,
    address_hash bytea not null,
    address_sealed bytea not null,
    cell bigint not null,
    language text not null,
    token_hash bytea not null,
    bounce_hash bytea not null,
    state text not null,
    attempts bigint not null,
    next_ms bigint not null,
    code text,
    created_ms bigint not null,
    expires_ms bigint not null,
    lease_token text,
    lease_until_ms bigint,
    lease_attempts bigint not null,
    constraint reader_request_pk primary key (request_id),
    constraint reader_request_token_once unique (token_hash),
    constraint reader_request_bounce_once unique (bounce_hash)
);

create index reader_request_open on reader_request (state, next_ms);
create index reader_request_by_address on reader_request (address_hash);

-- Who confirmed. `number` and `seq` come from the same counters as those of devices, so that one number names one
-- recipient whatever the channel. Who left, or whose address ended, keeps number, state and the hashes of the
-- tokens, so that a repeat is known for one; the address, its hash and the cell are gone.
create table reader (
    number bigint not null,
    cell bigint not null,
    seq bigint not null,
    state text not null,
    address_hash bytea,
    address_sealed bytea,
    language text not null,
    letter_key bytea not null,
    leave_hash bytea not null,
    bounce_hash bytea not null,
    bounces bigint not null,
    bounced_seq bigint not null,
    confirmed_ms bigint not null,
    ended_ms bigint,
    constraint reader_pk primary key (number),
    constraint reader_address_once unique (address_hash),
    constraint reader_leave_once unique (leave_hash),
    constraint reader_bounce_once unique (bounce_hash)
);

create index reader_by_cell on reader (cell, number);
create index reader_by_seq on reader (seq);
