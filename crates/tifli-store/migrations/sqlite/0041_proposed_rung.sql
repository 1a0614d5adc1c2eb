-- The rung that an approver proposes instead, when a version goes back to its author.
alter table version add column proposed_rung text;
