-- An alert is the long-lived decision to warn; its versions are drafts until two people agree, and
-- then messages that never change.
create table alert (
    alert_id text not null,
    case_id text not null,
    district text not null,
    code text not null,
    state text not null,
    author text not null,
    created_ms bigint not null,
    live_ms bigint,
    version bigint not null,
    expires_ms bigint,
    ended_ms bigint,
    end_reason text,
    ended_by text,
    confirmed_by text,
    confirmed_ms bigint,
    paged_ms bigint,
    dark_ms bigint,
    joined_seq bigint not null,
    constraint alert_pk primary key (alert_id),
    constraint alert_code_once unique (code),
    constraint alert_case foreign key (case_id) references case_file (case_id)
);

create index alert_by_case on alert (case_id);
create index alert_by_state on alert (state);

-- What an author writes and an approver decides on. `frozen_sealed` and `binding` stand from the
-- moment of submission; any change after it is a new version.
create table version (
    message_id text not null,
    alert_id text not null,
    version bigint not null,
    state text not null,
    author text not null,
    draft_sealed bytea not null,
    frozen_sealed bytea,
    binding text,
    created_ms bigint not null,
    submitted_ms bigint,
    decided_ms bigint,
    decided_by text,
    reason_sealed bytea,
    constraint version_pk primary key (message_id),
    constraint version_alert foreign key (alert_id) references alert (alert_id)
);

create index version_by_alert on version (alert_id, version);
create index version_by_state on version (state);

-- A message as it went out. `seq` orders messages, never the clock.
create table message (
    message_id text not null,
    alert_id text not null,
    seq bigint not null,
    version bigint not null,
    msg_type text not null,
    identifier text not null,
    sent_ms bigint not null,
    expires_ms bigint not null,
    area text not null,
    binding text not null,
    signature bytea not null,
    frozen_sealed bytea not null,
    constraint message_pk primary key (message_id),
    constraint message_seq_once unique (seq),
    constraint message_identifier_once unique (identifier),
    constraint message_alert foreign key (alert_id) references alert (alert_id)
);

create index message_by_alert on message (alert_id, seq);

-- Four eyes as rows: the author's hand and the approver's, each with all that it binds.
create table approval (
    message_id text not null,
    part text not null,
    person_id text not null,
    binding text not null,
    at_ms bigint not null,
    constraint approval_pk primary key (message_id, part)
);

-- Work written down with the decision that calls for it.
create table outbox (
    outbox_id text not null,
    message_id text not null,
    alert_id text not null,
    channel text not null,
    created_ms bigint not null,
    done_ms bigint,
    lease_token text,
    lease_until_ms bigint not null,
    attempts bigint not null,
    constraint outbox_pk primary key (outbox_id),
    constraint outbox_message foreign key (message_id) references message (message_id)
);

create index outbox_open on outbox (done_ms, created_ms);

-- One message on one channel for one segment of its audience. Web push: `kind` is area (a range of
-- subscribers in cell order), handed (those who were handed an earlier message) or joined (those
-- who came later); `cursor` is how far it is, `handed_map` who was handed it. `lane` 0 goes first.
create table delivery (
    delivery_id text not null,
    message_id text not null,
    alert_id text not null,
    channel text not null,
    kind text not null,
    lane bigint not null,
    state text not null,
    from_cell bigint not null,
    from_number bigint not null,
    to_cell bigint not null,
    to_number bigint not null,
    cursor_cell bigint not null,
    cursor_number bigint not null,
    audience bytea,
    handed_map bytea,
    inside bigint not null,
    handed bigint not null,
    failed bigint not null,
    gone bigint not null,
    created_ms bigint not null,
    begun_ms bigint,
    first_ms bigint,
    last_ms bigint,
    finished_ms bigint,
    next_ms bigint not null,
    lease_token text,
    lease_until_ms bigint not null,
    attempts bigint not null,
    constraint delivery_pk primary key (delivery_id),
    constraint delivery_message foreign key (message_id) references message (message_id)
);

create index delivery_open on delivery (state, lane, created_ms);
create index delivery_by_alert on delivery (alert_id);

-- A recipient that failed and will be tried again, or was given up (`dead` 1): by number, never counted away.
create table retry (
    delivery_id text not null,
    number bigint not null,
    attempts bigint not null,
    next_ms bigint not null,
    code text not null,
    origin text not null,
    dead bigint not null,
    constraint retry_pk primary key (delivery_id, number),
    constraint retry_delivery foreign key (delivery_id) references delivery (delivery_id)
);

create index retry_due on retry (delivery_id, dead, next_ms);

-- Evidence from a channel, append-only, ordered by `seq`.
create table receipt (
    seq bigint not null,
    alert_id text not null,
    message_id text not null,
    channel text not null,
    kind text not null,
    amount bigint not null,
    at_ms bigint not null,
    constraint receipt_pk primary key (seq)
);

create index receipt_by_alert on receipt (alert_id, seq);
