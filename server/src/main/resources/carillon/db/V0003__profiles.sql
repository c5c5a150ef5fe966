-- Tables that grow with people are keyed by profile_id (a ULID) so that they can be distributed by it.
-- They do not refer to account: the check would lock its row for every one of theirs.
create table profile (
  profile_id text not null,
  account_id text not null,
  email text,
  phone_number text,
  external_id text,
  anonymous_id text,
  first_name text,
  last_name text,
  organization text,
  locale text,
  title text,
  image text,
  location jsonb not null default '{}',
  properties jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, profile_id)
);
create index profile_by_created on profile (account_id, created_at, profile_id);
create index profile_by_updated on profile (account_id, updated_at, profile_id);
create index profile_by_email on profile (account_id, email, profile_id);

-- What makes identifiers unique; kind: email, phone_number, external_id, anonymous_id, or
-- profile_id for the id of a profile merged away. Secondary e-mail addresses stand only here.
create table profile_identifier (
  account_id text not null,
  kind text not null,
  value text not null,
  profile_id text not null,
  created_at timestamptz not null,
  primary key (account_id, kind, value)
);
create index profile_identifier_by_profile on profile_identifier (account_id, profile_id);

-- The standing of a person on a channel (email, sms, push, whatsapp) for a kind (marketing,
-- transactional, open_tracking); no row means never subscribed.
create table consent (
  account_id text not null,
  profile_id text not null,
  channel text not null,
  kind text not null,
  status text not null,
  consented_at timestamptz,
  updated_at timestamptz not null,
  method text,
  method_detail text,
  custom_method_detail text,
  double_optin boolean,
  primary key (account_id, profile_id, channel, kind)
);

-- Every change of consent and suppression, never overwritten; reason: of a suppression.
create table consent_history (
  account_id text not null,
  profile_id text not null,
  id text not null,
  channel text not null,
  kind text not null,
  status text not null,
  reason text,
  at timestamptz not null,
  method text,
  method_detail text,
  custom_method_detail text,
  double_optin boolean,
  list_id text,
  primary key (account_id, profile_id, id)
);

-- list_id is empty for a suppression of the whole e-mail channel.
create table suppression (
  account_id text not null,
  profile_id text not null,
  reason text not null,
  list_id text not null default '',
  at timestamptz not null,
  primary key (account_id, profile_id, list_id, reason)
);
create index suppression_by_reason on suppression (account_id, list_id, reason, at, profile_id);
