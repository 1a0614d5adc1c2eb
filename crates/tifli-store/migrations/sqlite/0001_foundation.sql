-- What every table family stands on: the database's identity, the audit chain, idempotency.
-- Strict, because SQLite would otherwise store a text in a column of numbers.

-- One row: whose database this is. Fixed at creation, so that a drill can never become live.
create table house (
    only_row integer not null,
    realm text not null,
    pack text not null,
    created_ms integer not null,
    constraint house_pk primary key (only_row),
    constraint house_single check (only_row = 1),
    constraint house_realm check (realm in ('live', 'drill', 'demo'))
) strict;

-- Who did or read what. Append-only; each node has its own chain, numbered without gaps.
create table audit (
    node text not null,
    seq integer not null,
    at_ms integer not null,
    actor text not null,
    verb text not null,
    object_kind text not null,
    object_id text not null,
    detail text not null,
    prev_hash text not null,
    hash text not null,
    constraint audit_pk primary key (node, seq)
) strict;

-- The history of one object is read on its page.
create index audit_by_object on audit (object_kind, object_id, at_ms);

-- A slip of the program must not rewrite history; the hash chain is against everybody else.
create trigger audit_no_update before update on audit
begin
    select raise(abort, 'audit entries are never changed');
end;

create trigger audit_no_delete before delete on audit
begin
    select raise(abort, 'audit entries are never removed');
end;

-- The same request twice has one outcome. Never a body: a hash, what came of it, a status.
create table idempotency (
    actor text not null,
    request_key text not null,
    request_hash blob not null,
    object_id text,
    status integer,
    created_ms integer not null,
    constraint idempotency_pk primary key (actor, request_key)
) strict;

-- Old claims are removed by age.
create index idempotency_by_age on idempotency (created_ms);
