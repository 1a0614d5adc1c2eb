-- Places full of people, with staff of their own: filled from the country pack, added to by the
-- administrator. Numbers are written as they were typed.
create table venue (
    venue_id text not null,
    district text not null,
    kind text not null,
    name_ar text not null,
    name_fr text not null,
    name_en text not null,
    lat text not null,
    lon text not null,
    radius_km text not null,
    minutes bigint not null,
    created_ms bigint not null,
    constraint venue_pk primary key (venue_id)
);

-- Who sees the alerts of a venue. A venue without anybody is its district's units'.
create table venue_staff (
    venue_id text not null,
    person_id text not null,
    constraint venue_staff_pk primary key (venue_id, person_id),
    constraint venue_staff_venue foreign key (venue_id) references venue (venue_id)
);

-- A case that began as the alert of a venue; what is known of the child is answers of the case.
create table venue_case (
    case_id text not null,
    venue_id text not null,
    state text not null,
    opened_by text not null,
    opened_ms bigint not null,
    ends_ms bigint not null,
    ended_by text,
    ended_ms bigint,
    constraint venue_case_pk primary key (case_id),
    constraint venue_case_case foreign key (case_id) references case_file (case_id),
    constraint venue_case_venue foreign key (venue_id) references venue (venue_id)
);

create index venue_case_by_state on venue_case (state, ends_ms);
