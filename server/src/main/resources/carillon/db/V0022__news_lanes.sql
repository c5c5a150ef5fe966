-- Eight neighbouring lanes share the first of them for news.
update outbox set lane = lane - lane % 8 where lane % 8 <> 0;
update outbox_set_aside set lane = lane - lane % 8 where lane % 8 <> 0;
