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
  account_id text not null,
  list_id text not null,
  profile_id text not null,
  joined_at timestamptz not null,
  primary key (account_id, list_id, profile_id)
);
create index list_member_by_joined on list_member (account_id, list_id, joined_at, profile_id);
create index list_member_by_profile on list_member (account_id, profile_id);

-- Double opt-ins that wait for the click in the confirmation mail. There may be no profile yet, and
-- there must be none before the click: rows are keyed by the address. Confirmed rows stay until they
-- expire, so that a second click does no harm.
create table pending_subscription (
  account_id text not null,
  email text not null,
  list_id text not null default '',
  id text not null,
  request jsonb not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (account_id, email, list_id)
);
create index pending_subscription_by_id on pending_subscription (account_id, id);
create index pending_subscription_by_list on pending_subscription (account_id, list_id);
create index pending_subscription_by_expiry on pending_subscription (account_id, expires_at);

-- Devices that take push messages; a token belongs to the profile that brought it last. The id is
-- made from the token, which itself need not stand in addresses.
create table push_token (
  account_id text not null,
  profile_id text not null,
  id text not null,
  token text not null,
  platform text not null,
  vendor text not null,
  enablement_status text not null,
  background text not null,
  device jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, profile_id, token)
);
create index push_token_by_token on push_token (account_id, token);
create index push_token_by_id on push_token (account_id, id);
