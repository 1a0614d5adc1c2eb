-- What every table family stands on: the database's identity, the audit chain, idempotency.

-- One row: whose database this is. Fixed at creation, so that a drill can never become live.
create table house (
    only_row bigint not null,
    realm text not null,
    pack text not null,
    created_ms bigint not null,
    constraint house_pk primary key (only_row),
    constraint house_single check (only_row = 1),
    constraint house_realm check (realm in ('live', 'drill', 'demo'))
);

-- Who did or read what. Append-only; each node has its own chain, numbered without gaps.
-- Text is compared byte by byte, as SQLite does.
create table audit (
    node text collate "C" not null,
    seq bigint not null,
    at_ms bigint not null,
    actor text collate "C" not null,
    verb text not null,
    object_kind text collate "C" not null,
    object_id text collate "C" not null,
    detail text not null,
    prev_hash text not null,
    hash text not null,
    constraint audit_pk primary key (node, seq)
);

-- The history of one object is read on its page.
create index audit_by_object on audit (object_kind, object_id, at_ms);

-- A slip of the program must not rewrite history; the hash chain is against everybody else.
create function audit_refuse() returns trigger language plpgsql as $$
begin
    raise exception 'audit entries are never changed or removed';
end;
$$;

create trigger audit_no_update before update on audit
for each statement execute function audit_refuse();

create trigger audit_no_delete before delete on audit
for each statement execute function audit_refuse();

-- The same request twice has one outcome. Never a body: a hash, what came of it, a status.
create table idempotency (
    actor text collate "C" not null,
    request_key text collate "C" not null,
    request_hash bytea not null,
    object_id text,
    status bigint,
    created_ms bigint not null,
    constraint idempotency_pk primary key (actor, request_key)
);

-- Old claims are removed by age.
create index idempotency_by_age on idempotency (created_ms);
