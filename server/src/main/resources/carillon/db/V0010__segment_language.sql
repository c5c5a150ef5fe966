-- What was predicted about people; no row or null means nothing was. Affinity is an object by channel
-- (email, push, sms, whatsapp) with priority (1 is best) and rank (high, medium, low).
create table profile_prediction (
  account_id text not null,
  profile_id text not null,
  historic_clv numeric,
  predicted_clv numeric,
  total_clv numeric,
  historic_number_of_orders numeric,
  predicted_number_of_orders numeric,
  average_days_between_orders numeric,
  average_order_value numeric,
  churn_probability numeric,
  expected_date_of_next_order timestamptz,
  predicted_gender text,
  channel_affinity jsonb not null default '{}',
  computed_at timestamptz not null,
  primary key (account_id, profile_id)
);

-- Where postal codes lie; filled from the operator's file.
create table postal_code (
  country text not null,
  code text not null,
  latitude double precision not null,
  longitude double precision not null,
  primary key (country, code)
);

-- The file that postal_code was filled from.
create table postal_file (
  digest text primary key
);

-- The two letters of countries by what people write, in lower case.
create table country_name (
  name text primary key,
  country text not null
);

-- The moment a text tells (ISO 8601), null when it tells none. Without an offset the text is meant in
-- the zone, without a time it is the beginning of the day.
create function segment_moment(written text, zone text) returns timestamptz
language plpgsql immutable parallel safe as $$
declare
  part text[] := regexp_match(written,
    '^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?)?$');
  local timestamp;
  apart interval;
begin
  if part is null or part[1] = '0000' or part[2] < '01' or part[2] > '12' or part[3] < '01'
    or part[4] > '23' or part[5] > '59' or part[6] > '59' or part[10] > '17' or part[11] > '59'
  then
    return null;
  end if;
  if part[3]::int > extract(day from
    make_date(part[1]::int, part[2]::int, 1) + interval '1 month' - interval '1 day')
  then
    return null;
  end if;
  local := make_timestamp(part[1]::int, part[2]::int, part[3]::int, coalesce(part[4], '0')::int,
    coalesce(part[5], '0')::int,
    (coalesce(part[6], '0') || '.' || coalesce(left(part[7], 6), '0'))::double precision);
  if part[8] is null and part[9] is null then
    return local at time zone zone;
  end if;
  apart := make_interval(hours => coalesce(part[10], '0')::int, mins => coalesce(part[11], '0')::int);
  return (case part[9] when '-' then local + apart else local - apart end) at time zone 'UTC';
end
$$;

-- A postal code as it stands in postal_code: without blanks and hyphens, and only as much of it as is
-- known there.
create function postal_key(country text, written text) returns text
language sql immutable parallel safe
return case country
  when 'US' then left(regexp_replace(upper(written), '[^A-Z0-9]', '', 'g'), 5)
  when 'CA' then left(regexp_replace(upper(written), '[^A-Z0-9]', '', 'g'), 3)
  when 'NL' then left(regexp_replace(upper(written), '[^A-Z0-9]', '', 'g'), 4)
  when 'GB' then regexp_replace(
    regexp_replace(upper(written), '[^A-Z0-9]', '', 'g'), '^([A-Z0-9]{2,4})[0-9][A-Z]{2}$', '\1')
  else regexp_replace(upper(written), '[^A-Z0-9]', '', 'g')
end;
