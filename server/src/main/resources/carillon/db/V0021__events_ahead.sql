-- Moments for which events were recorded before they came. Only at these can the coming of the
-- present alone bring somebody's events into a filter of time.
create table event_ahead (
  account_id text not null,
  at timestamptz not null,
  primary key (account_id, at)
);
insert into event_ahead (account_id, at)
select a.id, e.at
from account a
cross join lateral (select distinct at from event where account_id = a.id and at > now()) e;
