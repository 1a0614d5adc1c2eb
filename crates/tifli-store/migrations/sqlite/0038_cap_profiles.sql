-- What the system of a partner asks of a CAP message beyond the standard.
alter table endpoint add column profile text not null default 'oasis';
