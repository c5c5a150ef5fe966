package carillon.lists;

import carillon.jsonapi.Json;
import carillon.jsonapi.Values;
import carillon.platform.db.Tx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/** Devices that subscribe to push messages. */
final class PushTokens {

  /** A device of a profile, as a request describes it. */
  record Device(String profile, Values facts) {
    String token() {
      return facts.get(SubscribeFields.TOKEN);
    }
  }

  /** Gives tokens to the profiles that bring them, whosever they were. */
  static void register(Tx tx, String account, List<Device> devices, Instant now) {
    if (devices.isEmpty()) {
      return;
    }
    var last = new LinkedHashMap<String, Device>();
    devices.forEach(device -> last.put(device.token(), device));
    var all = List.copyOf(last.values());
    tx.sql(
            """
            delete from push_token t using unnest(:profiles, :tokens) n (profile, token)
            where t.account_id = :account and t.token = n.token and t.profile_id <> n.profile
            """)
        .bind("account", account)
        .array("profiles", "text", texts(all, Device::profile))
        .array("tokens", "text", texts(all, Device::token))
        .run();
    tx.sql(
            """
            insert into push_token (account_id, profile_id, token, platform, vendor,
              enablement_status, background, device, created_at, updated_at)
            select :account, profile, token, platform, vendor, enablement, background, device,
              :now, :now
            from unnest(:profiles, :tokens, :platforms, :vendors, :enablements, :backgrounds,
                :devices)
              n (profile, token, platform, vendor, enablement, background, device)
            order by profile, token
            on conflict (account_id, profile_id, token) do update set
              platform = excluded.platform, vendor = excluded.vendor,
              enablement_status = excluded.enablement_status, background = excluded.background,
              device = excluded.device, updated_at = excluded.updated_at
            """)
        .bind("account", account)
        .bind("now", now)
        .array("profiles", "text", texts(all, Device::profile))
        .array("tokens", "text", texts(all, Device::token))
        .array("platforms", "text", texts(all, one -> one.facts().get(SubscribeFields.PLATFORM)))
        .array("vendors", "text", texts(all, one -> one.facts().get(SubscribeFields.VENDOR)))
        .array(
            "enablements",
            "text",
            texts(all, one -> one.facts().find(SubscribeFields.ENABLEMENT).orElse("AUTHORIZED")))
        .array(
            "backgrounds",
            "text",
            texts(all, one -> one.facts().find(SubscribeFields.BACKGROUND).orElse("AVAILABLE")))
        .array(
            "devices",
            "jsonb",
            all.stream()
                .map(one -> one.facts().find(SubscribeFields.METADATA).orElseGet(Json::object))
                .toList())
        .run();
  }

  private static List<String> texts(List<Device> devices, Function<Device, String> fact) {
    return devices.stream().map(fact).toList();
  }

  private PushTokens() {}
}
