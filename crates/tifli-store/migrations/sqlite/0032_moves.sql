-- People moved to another role, district or unit: from where, to where, by whom; why is sealed under
-- the house's key. The unit of a hand under an alert is kept with the hand, because people move.
create table person_move (
    person_id text not null,
    seq bigint not null,
    from_role text not null,
    from_district text not null,
    from_unit text not null,
    to_role text not null,
    to_district text not null,
    to_unit text not null,
    by_person text not null,
    at_ms bigint not null,
    reason_sealed blob not null,
    constraint person_move_pk primary key (person_id, seq),
    constraint person_move_person foreign key (person_id) references person (person_id)
);

alter table approval add column district text;
alter table approval add column unit text;
