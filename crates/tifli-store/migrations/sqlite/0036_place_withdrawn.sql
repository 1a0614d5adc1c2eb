-- Since when a place to check is one to look at no more: its row was turned into a person whom the child
-- avoids. What looks there came to stays.
alter table place_check add column withdrawn_ms bigint;
