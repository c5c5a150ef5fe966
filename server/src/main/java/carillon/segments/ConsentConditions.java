package carillon.segments;

import carillon.jsonapi.Schema;
import java.util.Optional;

/** The conditions on consent and permission of segments, as published. */
final class ConsentConditions {

  static final Schema.Struct HAS_EMAIL_MARKETING =
      Schema.struct(
          "HasEmailMarketing",
          Schema.choice("any").as("subscription").required(),
          new Schema.Any().as("filters").nullable());

  static final Schema.Struct DOUBLE_OPTIN_FILTER =
      Schema.struct(
          "DoubleOptinFilter",
          Schema.choice("is_double_opt_in").as("field").required(),
          Filters.BOOLEAN_FILTER.as("filter").required());

  static final Schema.Struct STATUS_DATE_FILTER =
      Schema.struct(
          "StatusDateFilter",
          Schema.choice("status_date").as("field").required(),
          Schema.oneOf(
                  Filters.STATIC_DATE_FILTER,
                  Filters.STATIC_DATE_RANGE_FILTER,
                  Filters.RELATIVE_DATE_OPERATOR_BASE_RELATIVE_DATE_FILTER,
                  Filters.RELATIVE_ANNIVERSARY_DATE_FILTER,
                  Filters.RELATIVE_DATE_RANGE_FILTER,
                  Filters.CALENDAR_DATE_FILTER,
                  Filters.ANNIVERSARY_DATE_FILTER)
              .as("filter")
              .required());

  static final Schema.Struct CUSTOM_SOURCE_FILTER =
      Schema.struct(
          "CustomSourceFilter",
          Schema.choice("custom_source").as("field").required(),
          Filters.EQUALS_STRING_FILTER.as("filter").required());

  static final Schema.Struct FORM_METHOD_FILTER =
      Schema.struct(
          "FormMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("form").as("method").required(),
          Filters.IN_STRING_ARRAY_FILTER.as("filter").nullable());

  static final Schema.Struct PREFERENCE_PAGE_FILTER =
      Schema.struct(
          "PreferencePageFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("preference_page").as("method").required(),
          Filters.EQUALS_STRING_FILTER.as("filter").nullable());

  static final Schema.Struct API_METHOD_FILTER =
      Schema.struct(
          "APIMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("api").as("method").required(),
          Filters.IN_STRING_ARRAY_FILTER.as("filter").nullable());

  static final Schema.Struct INBOUND_MESSAGE_METHOD_FILTER =
      Schema.struct(
          "InboundMessageMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("inbound_message").as("method").required());

  static final Schema.Struct BACK_IN_STOCK_METHOD_FILTER =
      Schema.struct(
          "BackInStockMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("back_in_stock").as("method").required());

  static final Schema.Struct SFTP_METHOD_FILTER =
      Schema.struct(
          "SftpMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("sftp").as("method").required());

  static final Schema.Struct MANUAL_IMPORT_MANUAL_METHOD_FILTER =
      Schema.struct(
          "ManualImportManualMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("manual_import").as("method").required(),
          Filters.IN_STRING_ARRAY_FILTER.as("filter").nullable());

  static final Schema.Struct MANUAL_ADD_MANUAL_METHOD_FILTER =
      Schema.struct(
          "ManualAddManualMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("manual_add").as("method").required(),
          Filters.IN_STRING_ARRAY_FILTER.as("filter").nullable());

  static final Schema.Struct SHOPIFY_INTEGRATION_FILTER =
      Schema.struct(
          "ShopifyIntegrationFilter",
          Schema.choice("string").as("type").required(),
          Schema.choice("in").as("operator").required(),
          Schema.items(Schema.choice("shopify")).as("value").required());

  static final Schema.Struct SHOPIFY_INTEGRATION_METHOD_FILTER =
      Schema.struct(
          "ShopifyIntegrationMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("integration").as("method").required(),
          SHOPIFY_INTEGRATION_FILTER.as("filter").required());

  static final Schema.Struct HAS_EMAIL_MARKETING_SUBSCRIBED =
      Schema.struct(
          "HasEmailMarketingSubscribed",
          Schema.choice("subscribed").as("subscription").required(),
          Schema.items(
                  Schema.oneOf(
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
                      SHOPIFY_INTEGRATION_METHOD_FILTER))
              .as("filters")
              .nullable());

  static final Schema.Struct HAS_EMAIL_MARKETING_NEVER_SUBSCRIBED =
      Schema.struct(
          "HasEmailMarketingNeverSubscribed",
          Schema.choice("never_subscribed").as("subscription").required(),
          new Schema.Any().as("filters").nullable());

  static final Schema.Struct HAS_EMAIL_MARKETING_CONSENT =
      Schema.struct(
          "HasEmailMarketingConsent",
          Schema.choice("email").as("channel").required(),
          new Schema.Bool(Optional.of(true)).as("can_receive_marketing").required(),
          Schema.oneOf(
                  HAS_EMAIL_MARKETING,
                  HAS_EMAIL_MARKETING_SUBSCRIBED,
                  HAS_EMAIL_MARKETING_NEVER_SUBSCRIBED)
              .as("consent_status")
              .required());

  static final Schema.Struct BOUNCE_DATE_FILTER =
      Schema.struct(
          "BounceDateFilter",
          Schema.choice("bounce_date").as("field").required(),
          Schema.oneOf(
                  Filters.STATIC_DATE_FILTER,
                  Filters.STATIC_DATE_RANGE_FILTER,
                  Filters.RELATIVE_DATE_OPERATOR_BASE_RELATIVE_DATE_FILTER,
                  Filters.RELATIVE_ANNIVERSARY_DATE_FILTER,
                  Filters.RELATIVE_DATE_RANGE_FILTER,
                  Filters.CALENDAR_DATE_FILTER,
                  Filters.ANNIVERSARY_DATE_FILTER,
                  Filters.IS_SET_EXISTENCE_FILTER)
              .as("filter")
              .required());

  static final Schema.Struct MANUAL_SUPPRESSION_DATE_FILTER =
      Schema.struct(
          "ManualSuppressionDateFilter",
          Schema.choice("manual_suppression_date").as("field").required(),
          Schema.oneOf(
                  Filters.STATIC_DATE_FILTER,
                  Filters.STATIC_DATE_RANGE_FILTER,
                  Filters.RELATIVE_DATE_OPERATOR_BASE_RELATIVE_DATE_FILTER,
                  Filters.RELATIVE_ANNIVERSARY_DATE_FILTER,
                  Filters.RELATIVE_DATE_RANGE_FILTER,
                  Filters.CALENDAR_DATE_FILTER,
                  Filters.ANNIVERSARY_DATE_FILTER,
                  Filters.IS_SET_EXISTENCE_FILTER)
              .as("filter")
              .required());

  static final Schema.Struct INVALID_EMAIL_DATE_FILTER =
      Schema.struct(
          "InvalidEmailDateFilter",
          Schema.choice("invalid_email_date").as("field").required(),
          Schema.oneOf(
                  Filters.STATIC_DATE_FILTER,
                  Filters.STATIC_DATE_RANGE_FILTER,
                  Filters.RELATIVE_DATE_OPERATOR_BASE_RELATIVE_DATE_FILTER,
                  Filters.RELATIVE_ANNIVERSARY_DATE_FILTER,
                  Filters.RELATIVE_DATE_RANGE_FILTER,
                  Filters.CALENDAR_DATE_FILTER,
                  Filters.ANNIVERSARY_DATE_FILTER,
                  Filters.IS_SET_EXISTENCE_FILTER)
              .as("filter")
              .required());

  static final Schema.Struct NO_EMAIL_MARKETING =
      Schema.struct(
          "NoEmailMarketing",
          Schema.choice("any").as("subscription").required(),
          Schema.items(
                  Schema.oneOf(
                      BOUNCE_DATE_FILTER,
                      MANUAL_SUPPRESSION_DATE_FILTER,
                      INVALID_EMAIL_DATE_FILTER))
              .as("filters")
              .nullable());

  static final Schema.Struct PREFERENCE_PAGE_METHOD_FILTER =
      Schema.struct(
          "PreferencePageMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("preference_page").as("method").required());

  static final Schema.Struct MANUAL_REMOVE_METHOD_FILTER =
      Schema.struct(
          "ManualRemoveMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("manual_remove").as("method").required());

  static final Schema.Struct SPAM_COMPLAINT_METHOD_FILTER =
      Schema.struct(
          "SpamComplaintMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("spam_complaint").as("method").required());

  static final Schema.Struct MAILBOX_PROVIDER_METHOD_FILTER =
      Schema.struct(
          "MailboxProviderMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("mailbox_provider").as("method").required());

  static final Schema.Struct ONE_CLICK_UNSUBSCRIBE_METHOD_FILTER =
      Schema.struct(
          "OneClickUnsubscribeMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("one_click_unsubscribe").as("method").required());

  static final Schema.Struct MANUAL_IMPORT_METHOD_FILTER =
      Schema.struct(
          "ManualImportMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("manual_import").as("method").required());

  static final Schema.Struct DATA_WAREHOUSE_IMPORT_METHOD_FILTER =
      Schema.struct(
          "DataWarehouseImportMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("data_warehouse_import").as("method").required());

  static final Schema.Struct PROFILE_MODIFICATION_METHOD_FILTER =
      Schema.struct(
          "ProfileModificationMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("profile_modification").as("method").required());

  static final Schema.Struct CONSTANT_CONTACT_INTEGRATION_FILTER =
      Schema.struct(
          "ConstantContactIntegrationFilter",
          Schema.choice("string").as("type").required(),
          Schema.choice("in").as("operator").required(),
          Schema.items(Schema.choice("constant_contact")).as("value").required());

  static final Schema.Struct CONSTANT_CONTACT_INTEGRATION_METHOD_FILTER =
      Schema.struct(
          "ConstantContactIntegrationMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("integration").as("method").required(),
          CONSTANT_CONTACT_INTEGRATION_FILTER.as("filter").required());

  static final Schema.Struct NO_EMAIL_MARKETING_UNSUBSCRIBED =
      Schema.struct(
          "NoEmailMarketingUnsubscribed",
          Schema.choice("unsubscribed").as("subscription").required(),
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
                  Schema.items(
                      Schema.oneOf(
                          BOUNCE_DATE_FILTER,
                          MANUAL_SUPPRESSION_DATE_FILTER,
                          INVALID_EMAIL_DATE_FILTER)))
              .as("filters")
              .nullable());

  static final Schema.Struct NO_EMAIL_MARKETING_NEVER_SUBSCRIBED =
      Schema.struct(
          "NoEmailMarketingNeverSubscribed",
          Schema.choice("never_subscribed").as("subscription").required(),
          Schema.items(
                  Schema.oneOf(
                      BOUNCE_DATE_FILTER,
                      MANUAL_SUPPRESSION_DATE_FILTER,
                      INVALID_EMAIL_DATE_FILTER))
              .as("filters")
              .required());

  static final Schema.Struct NO_EMAIL_MARKETING_SUBSCRIBED =
      Schema.struct(
          "NoEmailMarketingSubscribed",
          Schema.choice("subscribed").as("subscription").required(),
          Schema.items(
                  Schema.oneOf(
                      BOUNCE_DATE_FILTER,
                      MANUAL_SUPPRESSION_DATE_FILTER,
                      INVALID_EMAIL_DATE_FILTER))
              .as("filters")
              .required());

  static final Schema.Struct NO_EMAIL_MARKETING_CONSENT =
      Schema.struct(
          "NoEmailMarketingConsent",
          Schema.choice("email").as("channel").required(),
          new Schema.Bool(Optional.of(false)).as("can_receive_marketing").required(),
          Schema.oneOf(
                  NO_EMAIL_MARKETING,
                  NO_EMAIL_MARKETING_UNSUBSCRIBED,
                  NO_EMAIL_MARKETING_NEVER_SUBSCRIBED,
                  NO_EMAIL_MARKETING_SUBSCRIBED)
              .as("consent_status")
              .required());

  static final Schema.Struct CHECKOUT_METHOD_FILTER =
      Schema.struct(
          "CheckoutMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("checkout").as("method").required());

  static final Schema.Struct SUBSCRIBED_SMS_IS_RCS_CAPABLE_FILTER =
      Schema.struct(
          "SubscribedSMSIsRcsCapableFilter",
          Schema.choice("is_rcs_capable").as("field").required(),
          Filters.BOOLEAN_FILTER.as("filter").required());

  static final Schema.Struct HAS_SMS_MARKETING_SUBSCRIBED =
      Schema.struct(
          "HasSMSMarketingSubscribed",
          Schema.choice("subscribed").as("subscription").required(),
          Schema.items(
                  Schema.oneOf(
                      STATUS_DATE_FILTER,
                      FORM_METHOD_FILTER,
                      MANUAL_IMPORT_MANUAL_METHOD_FILTER,
                      MANUAL_ADD_MANUAL_METHOD_FILTER,
                      CHECKOUT_METHOD_FILTER,
                      INBOUND_MESSAGE_METHOD_FILTER,
                      PREFERENCE_PAGE_METHOD_FILTER,
                      SFTP_METHOD_FILTER,
                      SHOPIFY_INTEGRATION_METHOD_FILTER,
                      SUBSCRIBED_SMS_IS_RCS_CAPABLE_FILTER))
              .as("filters")
              .nullable());

  static final Schema.Struct HAS_SMS_MARKETING_CONSENT =
      Schema.struct(
          "HasSMSMarketingConsent",
          Schema.choice("sms").as("channel").required(),
          new Schema.Bool(Optional.of(true)).as("can_receive_marketing").required(),
          HAS_SMS_MARKETING_SUBSCRIBED.as("consent_status").required());

  static final Schema.Struct NO_SMS_MARKETING =
      Schema.struct("NoSMSMarketing", Schema.choice("any").as("subscription").required());

  static final Schema.Struct BULK_REMOVE_METHOD_FILTER =
      Schema.struct(
          "BulkRemoveMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("bulk_remove").as("method").required());

  static final Schema.Struct CARRIER_DEACTIVATION_METHOD_FILTER =
      Schema.struct(
          "CarrierDeactivationMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("carrier_deactivation").as("method").required());

  static final Schema.Struct PROVIDED_LANDLINE_METHOD_FILTER =
      Schema.struct(
          "ProvidedLandlineMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("provided_landline").as("method").required());

  static final Schema.Struct MESSAGE_BLOCKED_METHOD_FILTER =
      Schema.struct(
          "MessageBlockedMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("message_blocked").as("method").required());

  static final Schema.Struct PROVIDED_NO_AGE_METHOD_FILTER =
      Schema.struct(
          "ProvidedNoAgeMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("provided_no_age").as("method").required());

  static final Schema.Struct FAILED_AGE_GATE_METHOD_FILTER =
      Schema.struct(
          "FailedAgeGateMethodFilter",
          Schema.choice("method").as("field").required(),
          Schema.choice("failed_age_gate").as("method").required());

  static final Schema.Struct NO_SMS_MARKETING_UNSUBSCRIBED =
      Schema.struct(
          "NoSMSMarketingUnsubscribed",
          Schema.choice("unsubscribed").as("subscription").required(),
          Schema.items(
                  Schema.oneOf(
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
                      SHOPIFY_INTEGRATION_METHOD_FILTER))
              .as("filters")
              .nullable());

  static final Schema.Struct NO_SMS_MARKETING_NEVER_SUBSCRIBED =
      Schema.struct(
          "NoSMSMarketingNeverSubscribed",
          Schema.choice("never_subscribed").as("subscription").required());

  static final Schema.Struct NO_SMS_MARKETING_CONSENT =
      Schema.struct(
          "NoSMSMarketingConsent",
          Schema.choice("sms").as("channel").required(),
          new Schema.Bool(Optional.of(false)).as("can_receive_marketing").required(),
          Schema.oneOf(
                  NO_SMS_MARKETING,
                  NO_SMS_MARKETING_UNSUBSCRIBED,
                  NO_SMS_MARKETING_NEVER_SUBSCRIBED)
              .as("consent_status")
              .required());

  static final Schema.Struct HAS_PUSH_MARKETING =
      Schema.struct(
          "HasPushMarketing",
          Schema.choice("any").as("subscription").required(),
          Schema.items(STATUS_DATE_FILTER).as("filters").nullable());

  static final Schema.Struct HAS_PUSH_MARKETING_CONSENT =
      Schema.struct(
          "HasPushMarketingConsent",
          Schema.choice("push").as("channel").required(),
          new Schema.Bool(Optional.of(true)).as("can_receive_marketing").required(),
          HAS_PUSH_MARKETING.as("consent_status").required());

  static final Schema.Struct NO_PUSH_MARKETING =
      Schema.struct("NoPushMarketing", Schema.choice("any").as("subscription").required());

  static final Schema.Struct NO_PUSH_MARKETING_CONSENT =
      Schema.struct(
          "NoPushMarketingConsent",
          Schema.choice("push").as("channel").required(),
          new Schema.Bool(Optional.of(false)).as("can_receive_marketing").required(),
          NO_PUSH_MARKETING.as("consent_status").required());

  static final Schema.Struct EFFECTIVE_DATE_FILTER =
      Schema.struct(
          "EffectiveDateFilter",
          Schema.choice("effective_date").as("field").required(),
          Schema.oneOf(
                  Filters.STATIC_DATE_FILTER,
                  Filters.STATIC_DATE_RANGE_FILTER,
                  Filters.RELATIVE_DATE_OPERATOR_BASE_RELATIVE_DATE_FILTER,
                  Filters.RELATIVE_ANNIVERSARY_DATE_FILTER,
                  Filters.RELATIVE_DATE_RANGE_FILTER,
                  Filters.CALENDAR_DATE_FILTER,
                  Filters.ANNIVERSARY_DATE_FILTER)
              .as("filter")
              .required());

  static final Schema.Struct RECORDED_DATE_FILTER =
      Schema.struct(
          "RecordedDateFilter",
          Schema.choice("recorded_date").as("field").required(),
          Schema.oneOf(
                  Filters.STATIC_DATE_FILTER,
                  Filters.STATIC_DATE_RANGE_FILTER,
                  Filters.RELATIVE_DATE_OPERATOR_BASE_RELATIVE_DATE_FILTER,
                  Filters.RELATIVE_ANNIVERSARY_DATE_FILTER,
                  Filters.RELATIVE_DATE_RANGE_FILTER,
                  Filters.CALENDAR_DATE_FILTER,
                  Filters.ANNIVERSARY_DATE_FILTER)
              .as("filter")
              .required());

  static final Schema.Struct METHOD_FILTER =
      Schema.struct(
          "MethodFilter",
          Schema.choice("subscribe_method").as("field").required(),
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
          Schema.choice("subscribe_method").as("field").required(),
          Schema.choice("form").as("method").required(),
          Filters.IN_STRING_ARRAY_FILTER.as("filter").nullable());

  static final Schema.Struct EXPLICITLY_REACHABLE =
      Schema.struct(
          "ExplicitlyReachable",
          Schema.choice("explicitly_reachable").as("reachable_status").required(),
          Schema.items(
                  Schema.oneOf(
                      EFFECTIVE_DATE_FILTER,
                      RECORDED_DATE_FILTER,
                      METHOD_FILTER,
                      FORM_SUBSCRIBE_FILTER))
              .as("filters")
              .required());

  static final Schema.Struct IMPLICITLY_REACHABLE =
      Schema.struct(
          "ImplicitlyReachable",
          Schema.choice("implicitly_reachable").as("reachable_status").required());

  static final Schema.Struct IMPLICITLY_OR_EXPLICITLY_REACHABLE =
      Schema.struct(
          "ImplicitlyOrExplicitlyReachable",
          Schema.choice("implicitly_or_explicitly_reachable").as("reachable_status").required());

  static final Schema.Struct EXPLICITLY_UNREACHABLE =
      Schema.struct(
          "ExplicitlyUnreachable",
          Schema.choice("explicitly_unreachable").as("reachable_status").required(),
          Schema.items(
                  Schema.oneOf(
                      EFFECTIVE_DATE_FILTER,
                      RECORDED_DATE_FILTER,
                      METHOD_FILTER,
                      FORM_SUBSCRIBE_FILTER))
              .as("filters")
              .required());

  static final Schema.Struct IMPLICITLY_UNREACHABLE =
      Schema.struct(
          "ImplicitlyUnreachable",
          Schema.choice("implicitly_unreachable").as("reachable_status").required());

  static final Schema.Struct IMPLICITLY_OR_EXPLICITLY_UNREACHABLE =
      Schema.struct(
          "ImplicitlyOrExplicitlyUnreachable",
          Schema.choice("implicitly_or_explicitly_unreachable").as("reachable_status").required());

  private ConsentConditions() {}
}
