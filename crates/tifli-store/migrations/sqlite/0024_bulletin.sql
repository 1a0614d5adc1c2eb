-- The directory of security services that receive every bulletin.
create table service (
    service_id text not null,
    kind text not null,
    name_ar text not null,
    name_fr text not null,
    name_en text not null,
    region text not null,
    district text not null,
    email text not null,
    phone text not null,
    active bigint not null,
    changed_ms bigint not null,
    constraint service_pk primary key (service_id)
);

-- Which service a person belongs to.
create table service_person (
    person_id text not null,
    service_id text not null,
    constraint service_person_pk primary key (person_id),
    constraint service_person_person foreign key (person_id) references person (person_id)
);

-- The search for one child by every service. A case that is sought again has another bulletin.
create table bulletin (
    bulletin_id text not null,
    case_id text not null,
    district text not null,
    state text not null,
    opened_ms bigint not null,
    ceased_ms bigint,
    cause text,
    constraint bulletin_pk primary key (bulletin_id),
    constraint bulletin_case foreign key (case_id) references case_file (case_id)
);

create index bulletin_by_case on bulletin (case_id, opened_ms);
create index bulletin_by_state on bulletin (state, opened_ms);

-- One telegram of a bulletin, frozen: the first, updates, the cessation.
create table telegram (
    telegram_id text not null,
    bulletin_id text not null,
    case_id text not null,
    version bigint not null,
    kind text not null,
    year bigint not null,
    number bigint not null,
    sent_by text,
    sent_ms bigint not null,
    frozen_sealed blob not null,
    constraint telegram_pk primary key (telegram_id),
    constraint telegram_number_once unique (year, number),
    constraint telegram_version_once unique (bulletin_id, version),
    constraint telegram_bulletin foreign key (bulletin_id) references bulletin (bulletin_id)
);

-- One telegram at one service: its e-mail, and who read and acknowledged it. An e-mail is handed
-- over under a lease; `mail_seq` is 0 for the first one and counts the reminders.
create table telegram_service (
    place_id text not null,
    telegram_id text not null,
    bulletin_id text not null,
    case_id text not null,
    service_id text not null,
    mail text not null,
    mail_seq bigint not null,
    mail_attempts bigint not null,
    mail_next_ms bigint not null,
    mail_code text,
    handed_ms bigint,
    remind_ms bigint,
    reading text not null,
    read_by text,
    read_ms bigint,
    acknowledged_by text,
    acknowledged_ms bigint,
    by_phone bigint not null,
    lease_token text,
    lease_until_ms bigint,
    lease_attempts bigint not null,
    constraint telegram_service_pk primary key (place_id),
    constraint telegram_service_once unique (telegram_id, service_id),
    constraint telegram_service_telegram foreign key (telegram_id) references telegram (telegram_id)
);

create index telegram_service_by_bulletin on telegram_service (bulletin_id);
create index telegram_service_by_service on telegram_service (service_id, reading);
create index telegram_service_mail on telegram_service (mail, mail_next_ms);
create index telegram_service_remind on telegram_service (reading, remind_ms);
