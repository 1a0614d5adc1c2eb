-- How soon a tip is taken up, by whom, and what it is worth: codes, people and times, nothing that was told.
alter table tip add column band text not null default 'p3';
alter table tip add column why text not null default '';
alter table tip add column due_ms bigint not null default 0;
alter table tip add column tag text;
alter table tip add column apart_ms bigint;
alter table tip add column taken_by text;
alter table tip add column taken_ms bigint;
alter table tip add column source_grade text;
alter table tip add column info_grade text;
alter table tip add column graded_by text;
alter table tip add column graded_ms bigint;

-- Tips older than this step are earlier sightings with an hour.
update tip set due_ms = received_ms + 3600000;

create index tip_by_band on tip (state, band, due_ms);

-- What people did with tips, with what stood before: the last act of a person can be taken back. The acts on one row
-- of the queue, folded tips and all, are one batch.
create table tip_act (
    seq bigint not null,
    batch bigint not null,
    tip_id text not null,
    by_person text not null,
    act text not null,
    standing_before text not null,
    reason_sealed bytea,
    at_ms bigint not null,
    undone_ms bigint,
    constraint tip_act_pk primary key (seq),
    constraint tip_act_tip foreign key (tip_id) references tip (tip_id)
);

create index tip_act_by_person on tip_act (by_person, seq);
create index tip_act_by_tip on tip_act (tip_id, seq);
