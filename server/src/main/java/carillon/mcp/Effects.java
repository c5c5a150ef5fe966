package carillon.mcp;

import carillon.jsonapi.Http;
import carillon.jsonapi.Operation;
import java.util.List;
import java.util.Set;

/** What calling an operation can bring about, for hints and guard rails. */
final class Effects {

  /** They change or end what was there, though they are no PATCH and no DELETE. */
  private static final Set<String> DESTRUCTIVE =
      Set.of(
          "assign_template_to_campaign_message",
          "send_campaign",
          "create_client_profile",
          "create_push_token",
          "create_client_push_token",
          "unregister_client_push_token",
          "merge_profiles",
          "create_or_update_profile",
          "request_profile_deletion",
          "bulk_import_profiles",
          "bulk_delete_catalog_categories",
          "bulk_delete_catalog_items",
          "bulk_delete_catalog_variants",
          "bulk_update_catalog_categories",
          "bulk_update_catalog_items",
          "bulk_update_catalog_variants",
          "bulk_suppress_profiles",
          "bulk_unsubscribe_profiles",
          "bulk_unsuppress_profiles");

  /** Doing them twice has no further effect, though they are POSTs. */
  private static final Set<String> IDEMPOTENT =
      Set.of(
          "add_profiles_to_list",
          "add_items_to_catalog_category",
          "add_categories_to_catalog_item",
          "create_client_profile",
          "create_push_token",
          "create_client_push_token",
          "unregister_client_push_token",
          "tag_campaigns",
          "tag_flows",
          "tag_lists",
          "tag_segments",
          "create_or_update_profile",
          "request_profile_deletion",
          "bulk_import_profiles",
          "bulk_delete_catalog_categories",
          "bulk_delete_catalog_items",
          "bulk_delete_catalog_variants",
          "bulk_update_catalog_categories",
          "bulk_update_catalog_items",
          "bulk_update_catalog_variants",
          "bulk_subscribe_profiles",
          "bulk_suppress_profiles",
          "bulk_unsubscribe_profiles",
          "bulk_unsuppress_profiles");

  /** They let this server call addresses that users name. */
  private static final Set<String> CALLING =
      Set.of("create_webhook", "update_webhook", "upload_image_from_file");

  static Hints hints(List<Operation> operations) {
    return new Hints(
        operations.stream().allMatch(Operation::readsOnly),
        operations.stream().anyMatch(Effects::destroys),
        operations.stream().allMatch(Effects::isIdempotent),
        operations.stream()
            .anyMatch(one -> !one.effects().isEmpty() || CALLING.contains(one.id())));
  }

  static boolean reachesPeople(List<Operation> operations) {
    return operations.stream().anyMatch(one -> one.has(Operation.Effect.REACHES_PEOPLE));
  }

  private static boolean destroys(Operation operation) {
    return !operation.readsOnly()
        && (operation.method() == Http.PATCH
            || operation.method() == Http.DELETE
            || DESTRUCTIVE.contains(operation.id()));
  }

  private static boolean isIdempotent(Operation operation) {
    return operation.method() != Http.POST
        || operation.readsOnly()
        || IDEMPOTENT.contains(operation.id());
  }

  private Effects() {}
}
