-- What a shop sells. Ids are those the API tells: $custom:::$default::: and the shop's own id.
create table catalog_item (
  account_id text not null references account,
  id text not null,
  title text not null,
  description text not null,
  price numeric,
  url text not null,
  image_full_url text not null,
  image_thumbnail_url text not null,
  images text[] not null,
  custom_metadata jsonb not null,
  published boolean not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id)
);
create index catalog_item_by_created on catalog_item (account_id, created_at, id);

create table catalog_variant (
  account_id text not null references account,
  id text not null,
  item_id text not null,
  title text not null,
  description text not null,
  price numeric,
  url text not null,
  image_full_url text not null,
  image_thumbnail_url text not null,
  images text[] not null,
  custom_metadata jsonb not null,
  published boolean not null,
  sku text not null,
  inventory_policy smallint not null,
  inventory_quantity numeric not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id),
  foreign key (account_id, item_id) references catalog_item on delete cascade
);
create index catalog_variant_by_created on catalog_variant (account_id, created_at, id);
create index catalog_variant_by_item on catalog_variant (account_id, item_id, created_at, id);
create index catalog_variant_by_sku on catalog_variant (account_id, sku);

create table catalog_category (
  account_id text not null references account,
  id text not null,
  name text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, id)
);
create index catalog_category_by_created on catalog_category (account_id, created_at, id);

create table catalog_link (
  account_id text not null references account,
  category_id text not null,
  item_id text not null,
  primary key (account_id, category_id, item_id),
  foreign key (account_id, category_id) references catalog_category on delete cascade,
  foreign key (account_id, item_id) references catalog_item on delete cascade
);
create index catalog_link_by_item on catalog_link (account_id, item_id, category_id);

-- Who waits for what, and by which channel they want to hear of it: EMAIL, SMS, PUSH or WHATSAPP.
create table back_in_stock_subscription (
  account_id text not null,
  profile_id text not null,
  variant_id text not null,
  channel text not null,
  created_at timestamptz not null,
  primary key (account_id, profile_id, variant_id, channel)
);
create index back_in_stock_subscription_by_variant
  on back_in_stock_subscription (account_id, variant_id, created_at);

-- Many items, variants or categories (kind) made, changed or deleted (action) in the background. rows
-- are those asked for, done the ids of those that succeeded. A job is one transaction.
create table catalog_job (
  account_id text not null references account,
  id text not null,
  kind text not null,
  action text not null,
  status text not null,
  rows jsonb not null,
  total integer not null,
  done text[] not null default '{}',
  errors jsonb not null default '[]',
  attempts integer not null default 0,
  due_at timestamptz not null,
  created_at timestamptz not null,
  completed_at timestamptz,
  expires_at timestamptz not null,
  primary key (account_id, id)
);
create index catalog_job_by_kind on catalog_job (account_id, kind, action, created_at, id);
create index catalog_job_open on catalog_job (due_at) where status in ('queued', 'processing');
create index catalog_job_by_expiry on catalog_job (expires_at);
