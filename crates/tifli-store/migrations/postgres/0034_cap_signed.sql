-- The message as the Common Alerting Protocol document that was signed when it went out: the bytes that are
-- served. Empty for messages older than this column.
alter table message add column cap_sealed bytea;
