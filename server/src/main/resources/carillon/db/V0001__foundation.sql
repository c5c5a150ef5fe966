create table account (
  id text primary key check (id ~ '^[A-Za-z0-9]{6}$'),
  name text not null,
  timezone text not null default 'UTC',
  currency text not null default 'USD',
  locale text not null default 'en-US',
  industry text not null default '',
  test_account boolean not null default false,
  sender_name text not null default '',
  sender_email text not null default '',
  website_url text not null default '',
  address1 text not null default '',
  address2 text not null default '',
  city text not null default '',
  region text not null default '',
  country text not null default '',
  zip text not null default '',
  settings jsonb not null default '{}',
  created_at timestamptz not null
);

create table api_key (
  id uuid primary key,
  account_id text not null references account on delete cascade,
  name text not null,
  hash bytea not null unique check (length(hash) = 32),
  last4 text not null,
  scopes text[] not null,
  read_only boolean not null default false,
  dry_run boolean not null default false,
  confirm_sends boolean not null default true,
  recipients_per_day bigint check (recipients_per_day >= 0),
  created_at timestamptz not null,
  revoked_at timestamptz
);

create index api_key_account on api_key (account_id);

comment on table account is 'id is the public key of the company';
comment on column api_key.hash is 'SHA-256 of the key, which itself is stored nowhere';
