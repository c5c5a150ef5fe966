create table list (
  account_id text not null references account,
  id text not null,
  name text not null,
  opt_in_process text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id)
);
create index list_by_name on list (account_id, name, id);
create index list_by_created on list (account_id, created_at, id);
create index list_by_updated on list (account_id, updated_at, id);

create table list_member (
  account_id text not null references account,
  list_id text not null,
  profile_id text not null,
  joined_at timestamptz not null,
  primary key (account_id, list_id, profile_id)
);
create index list_member_by_joined on list_member (account_id, list_id, joined_at, profile_id);
create index list_member_by_profile on list_member (account_id, profile_id);

-- Double opt-ins that wait for the click in the confirmation mail.
create table pending_subscription (
  account_id text not null references account,
  profile_id text not null,
  id text not null,
  list_id text not null default '',
  request jsonb not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (account_id, profile_id, id)
);
