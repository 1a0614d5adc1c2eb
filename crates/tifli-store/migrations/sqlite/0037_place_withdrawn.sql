-- When a place to check was last no longer named by any answer: a row was taken off the list, or turned
-- into a person the child avoids. What looks there came to stays.
alter table place_check add column withdrawn_ms bigint;
