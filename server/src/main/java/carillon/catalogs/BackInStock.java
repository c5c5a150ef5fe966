package carillon.catalogs;

import carillon.events.Events;
import carillon.events.NewEvent;
import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Json;
import carillon.jsonapi.Source;
import carillon.platform.db.Tx;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who waits for what. Whoever waits has not consented to anything: it only says what they want to
 * hear of.
 */
final class BackInStock {

  private static final String METRIC = "Subscribed to Back in Stock";

  private final Clock clock;
  private final Events events;

  BackInStock(Clock clock, Events events) {
    this.clock = clock;
    this.events = events;
  }

  /** The variant somebody asks for, which stays until the end of the transaction. */
  static CatalogVariant variant(Tx tx, String account, String id) {
    return VariantStore.hold(tx, account, id)
        .orElseThrow(() ->
            new ApiError(
                List.of(
                    new Fault(
                        Fault.Code.VARIANT_NOT_FOUND,
                        Fault.Code.VARIANT_NOT_FOUND.title(),
                        new Source.Pointer("/data/relationships/variant/data/id"),
                        Map.of()))));
  }

  /** Who waits already goes on waiting since then. */
  void subscribe(
      Tx tx, String account, String profile, CatalogVariant variant, Collection<String> channels) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    tx.sql(
            """
            insert into back_in_stock_subscription
              (account_id, profile_id, variant_id, channel, created_at)
            select distinct :account, :profile, :variant, channel, :now
            from unnest(:channels) channel
            on conflict do nothing
            """)
        .bind("account", account)
        .bind("profile", profile)
        .bind("variant", variant.id())
        .array("channels", "text", channels)
        .bind("now", now)
        .run();
    events.record(tx, account, List.of(event(tx, account, profile, variant, channels, now)));
  }

  private static NewEvent event(
      Tx tx,
      String account,
      String profile,
      CatalogVariant variant,
      Collection<String> channels,
      Instant now) {
    var sorted = new TreeSet<>(channels);
    return NewEvent.internal(
        profile,
        METRIC,
        now,
        "back_in_stock:%s:%s:%d".formatted(variant.id(), sorted, now.getEpochSecond()),
        properties(ItemStore.get(tx, account, variant.itemId()), variant, sorted));
  }

  private static ObjectNode properties(
      CatalogItem item, CatalogVariant variant, Collection<String> channels) {
    var properties =
        Json.object()
            .put("ProductID", CatalogId.external(item.id()))
            .put("ProductName", item.details().title())
            .put("ProductURL", item.details().url())
            .put("VariantID", CatalogId.external(variant.id()))
            .put("VariantName", variant.details().title())
            .put("VariantURL", variant.details().url())
            .put("SKU", variant.stock().sku())
            .put(
                "ImageURL",
                variant.details().imageFullUrl().isEmpty()
                    ? item.details().imageFullUrl()
                    : variant.details().imageFullUrl());
    variant.details().price().ifPresent(price -> properties.put("Price", price));
    channels.forEach(properties.putArray("Channels")::add);
    return properties;
  }

  /** Nobody waits for these any longer. */
  static void forget(Tx tx, String account, Collection<String> variants) {
    tx.sql(
            """
            delete from back_in_stock_subscription
            where account_id = :account and variant_id = any(:variants)
            """)
        .bind("account", account)
        .array("variants", "text", variants)
        .run();
  }
}
