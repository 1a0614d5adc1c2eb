-- People of the house and how they sign in. Passwords as Argon2id, the TOTP secret sealed under a
-- key derived from the master key, sessions by the hash of their token only.
create table person (
    person_id text not null,
    login text not null,
    display_name text not null,
    role text not null,
    district text not null,
    unit text not null,
    password_hash text not null,
    totp_sealed bytea not null,
    totp_last_step bigint not null,
    failures bigint not null,
    locked_until_ms bigint not null,
    created_ms bigint not null,
    disabled_ms bigint,
    constraint person_pk primary key (person_id),
    constraint person_login_once unique (login)
);

create table session (
    token_hash bytea not null,
    person_id text not null,
    kind text not null,
    csrf text not null,
    created_ms bigint not null,
    expires_ms bigint not null,
    constraint session_pk primary key (token_hash),
    constraint session_person foreign key (person_id) references person (person_id)
);

-- The one-time link that makes the first administrator.
create table invitation (
    token_hash bytea not null,
    created_ms bigint not null,
    expires_ms bigint not null,
    used_ms bigint,
    constraint invitation_pk primary key (token_hash)
);
