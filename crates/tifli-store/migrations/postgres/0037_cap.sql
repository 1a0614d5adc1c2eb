-- What the system of a partner asks of a CAP message beyond the standard.
alter table endpoint add column profile text not null default 'oasis';

-- The telegram as a CAP document of scope Restricted, signed when it was sent. Empty for telegrams older than this
-- column.
alter table telegram add column cap_sealed bytea;
