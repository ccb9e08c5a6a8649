-- The duplicate search reads the newest items of a title from the index alone, of a title that thousands have too.
drop index item_title;
create index item_title on item (title, id);
