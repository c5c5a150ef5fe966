package carillon.segments;

import static carillon.segments.Filters.is;

import carillon.jsonapi.Field;
import carillon.jsonapi.Schema;
import java.util.stream.Stream;

/** The conditions on consent and permission of segments, as published. */
final class ConsentConditions {

  static final Schema.Struct HAS_EMAIL_MARKETING =
      Schema.struct(
          "HasEmailMarketing",
          is("subscription", "any"),
          new Schema.Any().as("filters").nullable());

  static final Schema.Struct DOUBLE_OPTIN_FILTER =
      Schema.struct(
          "DoubleOptinFilter",
          is("field", "is_double_opt_in"),
          Filters.BOOLEAN_FILTER.as("filter").required());

  static final Schema.Struct STATUS_DATE_FILTER =
      Schema.struct(
          "StatusDateFilter", is("field", "status_date"), Filters.DATE.as("filter").required());

  static final Schema.Struct CUSTOM_SOURCE_FILTER =
      Schema.struct(
          "CustomSourceFilter",
          is("field", "custom_source"),
          Filters.EQUALS_STRING_FILTER.as("filter").required());

  static final Schema.Struct FORM_METHOD_FILTER =
      method("FormMethodFilter", "form", Filters.IN_STRING_ARRAY_FILTER.as("filter").nullable());

  static final Schema.Struct PREFERENCE_PAGE_FILTER =
      method(
          "PreferencePageFilter",
          "preference_page",
          Filters.EQUALS_STRING_FILTER.as("filter").nullable());

  static final Schema.Struct API_METHOD_FILTER =
      method("APIMethodFilter", "api", Filters.IN_STRING_ARRAY_FILTER.as("filter").nullable());

  static final Schema.Struct INBOUND_MESSAGE_METHOD_FILTER =
      method("InboundMessageMethodFilter", "inbound_message");

  static final Schema.Struct BACK_IN_STOCK_METHOD_FILTER =
      method("BackInStockMethodFilter", "back_in_stock");

  static final Schema.Struct SFTP_METHOD_FILTER = method("SftpMethodFilter", "sftp");

  static final Schema.Struct MANUAL_IMPORT_MANUAL_METHOD_FILTER =
      method(
          "ManualImportManualMethodFilter",
          "manual_import",
          Filters.IN_STRING_ARRAY_FILTER.as("filter").nullable());

  static final Schema.Struct MANUAL_ADD_MANUAL_METHOD_FILTER =
      method(
          "ManualAddManualMethodFilter",
          "manual_add",
          Filters.IN_STRING_ARRAY_FILTER.as("filter").nullable());

  static final Schema.Struct SHOPIFY_INTEGRATION_FILTER =
      Schema.struct(
          "ShopifyIntegrationFilter",
          is("type", "string"),
          is("operator", "in"),
          Schema.items(Schema.choice("shopify")).as("value").required());

  static final Schema.Struct SHOPIFY_INTEGRATION_METHOD_FILTER =
      method(
          "ShopifyIntegrationMethodFilter",
          "integration",
          SHOPIFY_INTEGRATION_FILTER.as("filter").required());

  static final Schema.Struct HAS_EMAIL_MARKETING_SUBSCRIBED =
      Schema.struct(
          "HasEmailMarketingSubscribed",
          is("subscription", "subscribed"),
          each(
                  DOUBLE_OPTIN_FILTER,
                  STATUS_DATE_FILTER,
                  CUSTOM_SOURCE_FILTER,
                  FORM_METHOD_FILTER,
                  PREFERENCE_PAGE_FILTER,
                  API_METHOD_FILTER,
                  INBOUND_MESSAGE_METHOD_FILTER,
                  BACK_IN_STOCK_METHOD_FILTER,
                  SFTP_METHOD_FILTER,
                  MANUAL_IMPORT_MANUAL_METHOD_FILTER,
                  MANUAL_ADD_MANUAL_METHOD_FILTER,
                  SHOPIFY_INTEGRATION_METHOD_FILTER)
              .as("filters")
              .nullable());

  static final Schema.Struct HAS_EMAIL_MARKETING_NEVER_SUBSCRIBED =
      Schema.struct(
          "HasEmailMarketingNeverSubscribed",
          is("subscription", "never_subscribed"),
          new Schema.Any().as("filters").nullable());

  static final Schema.Struct HAS_EMAIL_MARKETING_CONSENT =
      Schema.struct(
          "HasEmailMarketingConsent",
          is("channel", "email"),
          is("can_receive_marketing", true),
          Schema.oneOf(
                  HAS_EMAIL_MARKETING,
                  HAS_EMAIL_MARKETING_SUBSCRIBED,
                  HAS_EMAIL_MARKETING_NEVER_SUBSCRIBED)
              .as("consent_status")
              .required());

  static final Schema.Struct BOUNCE_DATE_FILTER =
      Schema.struct(
          "BounceDateFilter",
          is("field", "bounce_date"),
          Filters.DATE_OR_SET.as("filter").required());

  static final Schema.Struct MANUAL_SUPPRESSION_DATE_FILTER =
      Schema.struct(
          "ManualSuppressionDateFilter",
          is("field", "manual_suppression_date"),
          Filters.DATE_OR_SET.as("filter").required());

  static final Schema.Struct INVALID_EMAIL_DATE_FILTER =
      Schema.struct(
          "InvalidEmailDateFilter",
          is("field", "invalid_email_date"),
          Filters.DATE_OR_SET.as("filter").required());

  private static final Schema.Items<?> SUPPRESSIONS =
      each(BOUNCE_DATE_FILTER, MANUAL_SUPPRESSION_DATE_FILTER, INVALID_EMAIL_DATE_FILTER);

  static final Schema.Struct NO_EMAIL_MARKETING =
      Schema.struct(
          "NoEmailMarketing", is("subscription", "any"), SUPPRESSIONS.as("filters").nullable());

  static final Schema.Struct PREFERENCE_PAGE_METHOD_FILTER =
      method("PreferencePageMethodFilter", "preference_page");

  static final Schema.Struct MANUAL_REMOVE_METHOD_FILTER =
      method("ManualRemoveMethodFilter", "manual_remove");

  static final Schema.Struct SPAM_COMPLAINT_METHOD_FILTER =
      method("SpamComplaintMethodFilter", "spam_complaint");

  static final Schema.Struct MAILBOX_PROVIDER_METHOD_FILTER =
      method("MailboxProviderMethodFilter", "mailbox_provider");

  static final Schema.Struct ONE_CLICK_UNSUBSCRIBE_METHOD_FILTER =
      method("OneClickUnsubscribeMethodFilter", "one_click_unsubscribe");

  static final Schema.Struct MANUAL_IMPORT_METHOD_FILTER =
      method("ManualImportMethodFilter", "manual_import");

  static final Schema.Struct DATA_WAREHOUSE_IMPORT_METHOD_FILTER =
      method("DataWarehouseImportMethodFilter", "data_warehouse_import");

  static final Schema.Struct PROFILE_MODIFICATION_METHOD_FILTER =
      method("ProfileModificationMethodFilter", "profile_modification");

  static final Schema.Struct CONSTANT_CONTACT_INTEGRATION_FILTER =
      Schema.struct(
          "ConstantContactIntegrationFilter",
          is("type", "string"),
          is("operator", "in"),
          Schema.items(Schema.choice("constant_contact")).as("value").required());

  static final Schema.Struct CONSTANT_CONTACT_INTEGRATION_METHOD_FILTER =
      method(
          "ConstantContactIntegrationMethodFilter",
          "integration",
          CONSTANT_CONTACT_INTEGRATION_FILTER.as("filter").required());

  static final Schema.Struct NO_EMAIL_MARKETING_UNSUBSCRIBED =
      Schema.struct(
          "NoEmailMarketingUnsubscribed",
          is("subscription", "unsubscribed"),
          Schema.oneOf(
                  Schema.items(
                      Schema.oneOf(
                          STATUS_DATE_FILTER,
                          API_METHOD_FILTER,
                          INBOUND_MESSAGE_METHOD_FILTER,
                          PREFERENCE_PAGE_METHOD_FILTER,
                          MANUAL_REMOVE_METHOD_FILTER,
                          SPAM_COMPLAINT_METHOD_FILTER,
                          MAILBOX_PROVIDER_METHOD_FILTER,
                          ONE_CLICK_UNSUBSCRIBE_METHOD_FILTER,
                          MANUAL_IMPORT_METHOD_FILTER,
                          SFTP_METHOD_FILTER,
                          DATA_WAREHOUSE_IMPORT_METHOD_FILTER,
                          PROFILE_MODIFICATION_METHOD_FILTER,
                          CONSTANT_CONTACT_INTEGRATION_METHOD_FILTER)),
                  SUPPRESSIONS)
              .as("filters")
              .nullable());

  static final Schema.Struct NO_EMAIL_MARKETING_NEVER_SUBSCRIBED =
      Schema.struct(
          "NoEmailMarketingNeverSubscribed",
          is("subscription", "never_subscribed"),
          SUPPRESSIONS.as("filters").required());

  static final Schema.Struct NO_EMAIL_MARKETING_SUBSCRIBED =
      Schema.struct(
          "NoEmailMarketingSubscribed",
          is("subscription", "subscribed"),
          SUPPRESSIONS.as("filters").required());

  static final Schema.Struct NO_EMAIL_MARKETING_CONSENT =
      Schema.struct(
          "NoEmailMarketingConsent",
          is("channel", "email"),
          is("can_receive_marketing", false),
          Schema.oneOf(
                  NO_EMAIL_MARKETING,
                  NO_EMAIL_MARKETING_UNSUBSCRIBED,
                  NO_EMAIL_MARKETING_NEVER_SUBSCRIBED,
                  NO_EMAIL_MARKETING_SUBSCRIBED)
              .as("consent_status")
              .required());

  static final Schema.Struct CHECKOUT_METHOD_FILTER = method("CheckoutMethodFilter", "checkout");

  static final Schema.Struct SUBSCRIBED_SMS_IS_RCS_CAPABLE_FILTER =
      Schema.struct(
          "SubscribedSMSIsRcsCapableFilter",
          is("field", "is_rcs_capable"),
          Filters.BOOLEAN_FILTER.as("filter").required());

  static final Schema.Struct HAS_SMS_MARKETING_SUBSCRIBED =
      Schema.struct(
          "HasSMSMarketingSubscribed",
          is("subscription", "subscribed"),
          each(
                  STATUS_DATE_FILTER,
                  FORM_METHOD_FILTER,
                  MANUAL_IMPORT_MANUAL_METHOD_FILTER,
                  MANUAL_ADD_MANUAL_METHOD_FILTER,
                  CHECKOUT_METHOD_FILTER,
                  INBOUND_MESSAGE_METHOD_FILTER,
                  PREFERENCE_PAGE_METHOD_FILTER,
                  SFTP_METHOD_FILTER,
                  SHOPIFY_INTEGRATION_METHOD_FILTER,
                  SUBSCRIBED_SMS_IS_RCS_CAPABLE_FILTER)
              .as("filters")
              .nullable());

  static final Schema.Struct HAS_SMS_MARKETING_CONSENT =
      Schema.struct(
          "HasSMSMarketingConsent",
          is("channel", "sms"),
          is("can_receive_marketing", true),
          HAS_SMS_MARKETING_SUBSCRIBED.as("consent_status").required());

  static final Schema.Struct NO_SMS_MARKETING =
      Schema.struct("NoSMSMarketing", is("subscription", "any"));

  static final Schema.Struct BULK_REMOVE_METHOD_FILTER =
      method("BulkRemoveMethodFilter", "bulk_remove");

  static final Schema.Struct CARRIER_DEACTIVATION_METHOD_FILTER =
      method("CarrierDeactivationMethodFilter", "carrier_deactivation");

  static final Schema.Struct PROVIDED_LANDLINE_METHOD_FILTER =
      method("ProvidedLandlineMethodFilter", "provided_landline");

  static final Schema.Struct MESSAGE_BLOCKED_METHOD_FILTER =
      method("MessageBlockedMethodFilter", "message_blocked");

  static final Schema.Struct PROVIDED_NO_AGE_METHOD_FILTER =
      method("ProvidedNoAgeMethodFilter", "provided_no_age");

  static final Schema.Struct FAILED_AGE_GATE_METHOD_FILTER =
      method("FailedAgeGateMethodFilter", "failed_age_gate");

  static final Schema.Struct NO_SMS_MARKETING_UNSUBSCRIBED =
      Schema.struct(
          "NoSMSMarketingUnsubscribed",
          is("subscription", "unsubscribed"),
          each(
                  STATUS_DATE_FILTER,
                  FORM_METHOD_FILTER,
                  MANUAL_IMPORT_MANUAL_METHOD_FILTER,
                  MANUAL_ADD_MANUAL_METHOD_FILTER,
                  MANUAL_REMOVE_METHOD_FILTER,
                  BULK_REMOVE_METHOD_FILTER,
                  CHECKOUT_METHOD_FILTER,
                  INBOUND_MESSAGE_METHOD_FILTER,
                  PREFERENCE_PAGE_METHOD_FILTER,
                  SFTP_METHOD_FILTER,
                  CARRIER_DEACTIVATION_METHOD_FILTER,
                  PROVIDED_LANDLINE_METHOD_FILTER,
                  MESSAGE_BLOCKED_METHOD_FILTER,
                  PROVIDED_NO_AGE_METHOD_FILTER,
                  FAILED_AGE_GATE_METHOD_FILTER,
                  SHOPIFY_INTEGRATION_METHOD_FILTER)
              .as("filters")
              .nullable());

  static final Schema.Struct NO_SMS_MARKETING_NEVER_SUBSCRIBED =
      Schema.struct("NoSMSMarketingNeverSubscribed", is("subscription", "never_subscribed"));

  static final Schema.Struct NO_SMS_MARKETING_CONSENT =
      Schema.struct(
          "NoSMSMarketingConsent",
          is("channel", "sms"),
          is("can_receive_marketing", false),
          Schema.oneOf(
                  NO_SMS_MARKETING,
                  NO_SMS_MARKETING_UNSUBSCRIBED,
                  NO_SMS_MARKETING_NEVER_SUBSCRIBED)
              .as("consent_status")
              .required());

  static final Schema.Struct HAS_PUSH_MARKETING =
      Schema.struct(
          "HasPushMarketing",
          is("subscription", "any"),
          Schema.items(STATUS_DATE_FILTER).as("filters").nullable());

  static final Schema.Struct HAS_PUSH_MARKETING_CONSENT =
      Schema.struct(
          "HasPushMarketingConsent",
          is("channel", "push"),
          is("can_receive_marketing", true),
          HAS_PUSH_MARKETING.as("consent_status").required());

  static final Schema.Struct NO_PUSH_MARKETING =
      Schema.struct("NoPushMarketing", is("subscription", "any"));

  static final Schema.Struct NO_PUSH_MARKETING_CONSENT =
      Schema.struct(
          "NoPushMarketingConsent",
          is("channel", "push"),
          is("can_receive_marketing", false),
          NO_PUSH_MARKETING.as("consent_status").required());

  static final Schema.Struct EFFECTIVE_DATE_FILTER =
      Schema.struct(
          "EffectiveDateFilter",
          is("field", "effective_date"),
          Filters.DATE.as("filter").required());

  static final Schema.Struct RECORDED_DATE_FILTER =
      Schema.struct(
          "RecordedDateFilter", is("field", "recorded_date"), Filters.DATE.as("filter").required());

  static final Schema.Struct METHOD_FILTER =
      Schema.struct(
          "MethodFilter",
          is("field", "subscribe_method"),
          Schema.choice(
                  "api",
                  "back_in_stock",
                  "bigcommerce",
                  "bulk_remove",
                  "campaign_monitor",
                  "carrier_deactivation",
                  "checkout",
                  "constant_contact",
                  "exact_target",
                  "facebook",
                  "failed_age_gate",
                  "inbound_message",
                  "integration",
                  "mad_mimi",
                  "magento_two",
                  "mailbox_provider",
                  "manual_add",
                  "manual_import",
                  "manual_remove",
                  "message_blocked",
                  "netsuite",
                  "preference_page",
                  "provided_landline",
                  "provided_no_age",
                  "sftp",
                  "shopify",
                  "social_instagram_message",
                  "spam_complaint",
                  "square",
                  "wix",
                  "woocommerce")
              .as("method")
              .required());

  static final Schema.Struct FORM_SUBSCRIBE_FILTER =
      Schema.struct(
          "FormSubscribeFilter",
          is("field", "subscribe_method"),
          is("method", "form"),
          Filters.IN_STRING_ARRAY_FILTER.as("filter").nullable());

  private static final Schema.Items<?> REACHES =
      each(EFFECTIVE_DATE_FILTER, RECORDED_DATE_FILTER, METHOD_FILTER, FORM_SUBSCRIBE_FILTER);

  static final Schema.Struct EXPLICITLY_REACHABLE =
      Schema.struct(
          "ExplicitlyReachable",
          is("reachable_status", "explicitly_reachable"),
          REACHES.as("filters").required());

  static final Schema.Struct IMPLICITLY_REACHABLE =
      Schema.struct("ImplicitlyReachable", is("reachable_status", "implicitly_reachable"));

  static final Schema.Struct IMPLICITLY_OR_EXPLICITLY_REACHABLE =
      Schema.struct(
          "ImplicitlyOrExplicitlyReachable",
          is("reachable_status", "implicitly_or_explicitly_reachable"));

  static final Schema.Struct EXPLICITLY_UNREACHABLE =
      Schema.struct(
          "ExplicitlyUnreachable",
          is("reachable_status", "explicitly_unreachable"),
          REACHES.as("filters").required());

  static final Schema.Struct IMPLICITLY_UNREACHABLE =
      Schema.struct("ImplicitlyUnreachable", is("reachable_status", "implicitly_unreachable"));

  static final Schema.Struct IMPLICITLY_OR_EXPLICITLY_UNREACHABLE =
      Schema.struct(
          "ImplicitlyOrExplicitlyUnreachable",
          is("reachable_status", "implicitly_or_explicitly_unreachable"));

  /** A filter of the way a status came about. */
  private static Schema.Struct method(String name, String word, Field<?>... more) {
    var fixed = Stream.of(is("field", "method"), is("method", word));
    return new Schema.Struct(name, Stream.concat(fixed, Stream.of(more)).toList());
  }

  private static Schema.Items<?> each(Schema<?>... filters) {
    return Schema.items(Schema.oneOf(filters));
  }

  private ConsentConditions() {}
}
