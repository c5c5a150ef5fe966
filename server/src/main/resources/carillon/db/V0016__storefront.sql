create sequence review_number;

-- What customers say. item_id is the product's id among the items of a catalog; email is who wrote it,
-- as they said; answers are those to questions of the shop's own.
create table review (
  account_id text not null,
  profile_id text not null,
  id bigint not null,
  review_type text not null,
  email text not null,
  author text not null,
  content text not null,
  title text,
  rating smallint,
  integration_key text,
  product_external_id text,
  item_id text,
  status text not null,
  rejection_reason text,
  status_explanation text,
  images text[] not null,
  answers jsonb not null,
  incentive_type text,
  order_id text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (account_id, profile_id, id)
);
create index review_by_id on review (account_id, id);
create index review_by_created on review (account_id, created_at, id);
create index review_by_updated on review (account_id, updated_at, id);
create index review_by_rating on review (account_id, rating, id);
create index review_by_item on review (account_id, item_id, created_at, id);
create index review_by_product on review (account_id, product_external_id, created_at)
  where status in ('published', 'featured');

-- Places on the map where an app tells that somebody has come; radius in metres.
create table geofence (
  account_id text not null references account,
  id text not null,
  latitude double precision not null,
  longitude double precision not null,
  radius double precision not null,
  created_at timestamptz not null,
  primary key (account_id, id)
);
