package carillon.segments;

import static carillon.segments.Filters.is;

import carillon.jsonapi.Schema;

/** The definition of a segment, as published: groups of conditions. */
final class SegmentDefinition {

  static final Schema.Struct PROFILE_HAS_GROUP_MEMBERSHIP_CONDITION =
      Schema.struct(
          "ProfileHasGroupMembershipCondition",
          is("type", "profile-group-membership"),
          is("is_member", true),
          Schema.items(Schema.text()).as("group_ids").required(),
          Schema.oneOf(
                  Filters.STATIC_DATE_FILTER,
                  Filters.STATIC_DATE_RANGE_FILTER,
                  Filters.RELATIVE_DATE_OPERATOR_BASE_RELATIVE_DATE_FILTER,
                  Filters.RELATIVE_DATE_RANGE_FILTER)
              .as("timeframe_filter")
              .nullable());

  static final Schema.Struct PROFILE_NO_GROUP_MEMBERSHIP_CONDITION =
      Schema.struct(
          "ProfileNoGroupMembershipCondition",
          is("type", "profile-group-membership"),
          is("is_member", false),
          Schema.items(Schema.text()).as("group_ids").required());

  static final Schema.Struct PROFILE_METRIC_PROPERTY_FILTER =
      Schema.struct(
          "ProfileMetricPropertyFilter",
          Schema.text().as("property").required(),
          Schema.oneOf(
                  Filters.STRING_OPERATOR_STRING_FILTER,
                  Filters.STRING_ARRAY_OPERATOR_STRING_ARRAY_FILTER,
                  Filters.EXISTENCE_OPERATOR_EXISTENCE_FILTER,
                  Filters.LIST_SET_FILTER,
                  Filters.LIST_LENGTH_FILTER,
                  Filters.LIST_SUBSTRING_FILTER,
                  Filters.BOOLEAN_FILTER,
                  Filters.NUMERIC_OPERATOR_NUMERIC_FILTER)
              .as("filter")
              .nullable());

  static final Schema.Struct SEGMENTS_PROFILE_METRIC_CONDITION =
      Schema.struct(
          "SegmentsProfileMetricCondition",
          is("type", "profile-metric"),
          Schema.text().as("metric_id").required(),
          Schema.choice("count", "sum").as("measurement").required(),
          Filters.NUMERIC_OPERATOR_NUMERIC_FILTER.as("measurement_filter").required(),
          Schema.oneOf(
                  Filters.STATIC_DATE_FILTER,
                  Filters.STATIC_DATE_RANGE_FILTER,
                  Filters.RELATIVE_DATE_OPERATOR_BASE_RELATIVE_DATE_FILTER,
                  Filters.RELATIVE_ANNIVERSARY_DATE_FILTER,
                  Filters.RELATIVE_DATE_RANGE_FILTER,
                  Filters.ALLTIME_DATE_FILTER)
              .as("timeframe_filter")
              .required(),
          Schema.items(PROFILE_METRIC_PROPERTY_FILTER).as("metric_filters").nullable());

  static final Schema.Struct PROFILE_MARKETING_CONSENT_CONDITION =
      Schema.struct(
          "ProfileMarketingConsentCondition",
          is("type", "profile-marketing-consent"),
          Schema.oneOf(
                  ConsentConditions.HAS_EMAIL_MARKETING_CONSENT,
                  ConsentConditions.NO_EMAIL_MARKETING_CONSENT,
                  ConsentConditions.HAS_SMS_MARKETING_CONSENT,
                  ConsentConditions.NO_SMS_MARKETING_CONSENT,
                  ConsentConditions.HAS_PUSH_MARKETING_CONSENT,
                  ConsentConditions.NO_PUSH_MARKETING_CONSENT)
              .as("consent")
              .required());

  static final Schema.Struct PROFILE_POSTAL_CODE_DISTANCE_CONDITION =
      Schema.struct(
          "ProfilePostalCodeDistanceCondition",
          is("type", "profile-postal-code-distance"),
          Schema.text().as("country_code").required(),
          Schema.text().as("postal_code").required(),
          Schema.choice("kilometers", "miles").as("unit").required(),
          Schema.oneOf(
                  Filters.GREATER_THAN_POSITIVE_NUMERIC_FILTER,
                  Filters.LESS_THAN_POSITIVE_NUMERIC_FILTER)
              .as("filter")
              .required());

  static final Schema.Struct PROFILE_PROPERTY_CONDITION =
      Schema.struct(
          "ProfilePropertyCondition",
          is("type", "profile-property"),
          Schema.text().as("property").required(),
          Schema.oneOf(
                  Filters.STRING_OPERATOR_STRING_FILTER,
                  Filters.STRING_ARRAY_OPERATOR_STRING_ARRAY_FILTER,
                  Filters.STRING_PHONE_OPERATOR_STRING_ARRAY_FILTER,
                  Filters.NUMERIC_OPERATOR_NUMERIC_FILTER,
                  Filters.BOOLEAN_FILTER,
                  Filters.STATIC_DATE_FILTER,
                  Filters.STATIC_DATE_RANGE_FILTER,
                  Filters.RELATIVE_DATE_OPERATOR_BASE_RELATIVE_DATE_FILTER,
                  Filters.RELATIVE_ANNIVERSARY_DATE_FILTER,
                  Filters.RELATIVE_DATE_RANGE_FILTER,
                  Filters.CALENDAR_DATE_FILTER,
                  Filters.ANNIVERSARY_DATE_FILTER,
                  Filters.LIST_CONTAINS_OPERATOR_LIST_CONTAINS_FILTER,
                  Filters.LIST_LENGTH_FILTER,
                  Filters.EXISTENCE_OPERATOR_EXISTENCE_FILTER)
              .as("filter")
              .required());

  static final Schema.Struct PROFILE_REGION_CONDITION =
      Schema.struct(
          "ProfileRegionCondition",
          is("type", "profile-region"),
          Schema.bool().as("in_region").required(),
          Schema.choice("european_union", "united_states").as("region").required());

  static final Schema.Struct PROFILE_PREDICTIVE_ANALYTICS_DATE_CONDITION =
      Schema.struct(
          "ProfilePredictiveAnalyticsDateCondition",
          is("dimension", "expected_date_of_next_purchase"),
          Filters.DATE.as("filter").required(),
          is("type", "profile-predictive-analytics"));

  static final Schema.Struct PROFILE_PREDICTIVE_ANALYTICS_NUMERIC_CONDITION =
      Schema.struct(
          "ProfilePredictiveAnalyticsNumericCondition",
          is("type", "profile-predictive-analytics"),
          Schema.choice(
                  "average_days_between_orders",
                  "average_order_value",
                  "churn_probability",
                  "historic_clv",
                  "historic_number_of_orders",
                  "predicted_clv",
                  "predicted_number_of_orders",
                  "total_clv")
              .as("dimension")
              .required(),
          Filters.NUMERIC_OPERATOR_NUMERIC_FILTER.as("filter").required());

  static final Schema.Struct PROFILE_PREDICTIVE_ANALYTICS_STRING_FILTER =
      Schema.struct(
          "ProfilePredictiveAnalyticsStringFilter",
          is("type", "string"),
          Schema.oneOf(Schema.choice("equals"), Schema.choice("not-equals"))
              .as("operator")
              .required(),
          Schema.choice("likely_female", "likely_male", "uncertain").as("value").required());

  static final Schema.Struct PROFILE_PREDICTIVE_ANALYTICS_STRING_CONDITION =
      Schema.struct(
          "ProfilePredictiveAnalyticsStringCondition",
          is("type", "profile-predictive-analytics"),
          is("dimension", "predicted_gender"),
          PROFILE_PREDICTIVE_ANALYTICS_STRING_FILTER.as("filter").required());

  static final Schema.Struct PROFILE_PREDICTIVE_ANALYTICS_CHANNEL_AFFINITY_PRIORITY_FILTER =
      Schema.struct(
          "ProfilePredictiveAnalyticsChannelAffinityPriorityFilter",
          is("type", "numeric"),
          is("operator", "equals"),
          Schema.whole().as("value").required());

  static final Schema.Struct PROFILE_PREDICTIVE_ANALYTICS_CHANNEL_AFFINITY_PRIORITY_CONDITION =
      Schema.struct(
          "ProfilePredictiveAnalyticsChannelAffinityPriorityCondition",
          is("type", "profile-predictive-analytics"),
          is("dimension", "channel_affinity"),
          is("measurement", "priority"),
          Schema.choice("email", "push", "sms", "whatsapp").as("predicted_channel").required(),
          PROFILE_PREDICTIVE_ANALYTICS_CHANNEL_AFFINITY_PRIORITY_FILTER.as("filter").required());

  static final Schema.Struct PROFILE_PREDICTIVE_ANALYTICS_CHANNEL_AFFINITY_RANK_FILTER =
      Schema.struct(
          "ProfilePredictiveAnalyticsChannelAffinityRankFilter",
          is("type", "string"),
          Schema.oneOf(Schema.choice("equals"), Schema.choice("not-equals"))
              .as("operator")
              .required(),
          Schema.choice("high", "low", "medium").as("value").required());

  static final Schema.Struct PROFILE_PREDICTIVE_ANALYTICS_CHANNEL_AFFINITY_RANK_CONDITION =
      Schema.struct(
          "ProfilePredictiveAnalyticsChannelAffinityRankCondition",
          is("type", "profile-predictive-analytics"),
          is("dimension", "channel_affinity"),
          is("measurement", "rank"),
          Schema.choice("email", "push", "sms", "whatsapp").as("predicted_channel").required(),
          PROFILE_PREDICTIVE_ANALYTICS_CHANNEL_AFFINITY_RANK_FILTER.as("filter").required());

  static final Schema.Struct PROFILE_HAS_CUSTOM_OBJECT_FILTER =
      Schema.struct(
          "ProfileHasCustomObjectFilter",
          Schema.whole().as("property_id").required(),
          Schema.oneOf(
                  Filters.STRING_OPERATOR_STRING_FILTER,
                  Filters.STRING_ARRAY_OPERATOR_STRING_ARRAY_FILTER,
                  Filters.NUMERIC_OPERATOR_NUMERIC_FILTER,
                  Filters.NUMERIC_RANGE_FILTER,
                  Filters.BOOLEAN_FILTER,
                  Filters.STATIC_DATE_FILTER,
                  Filters.STATIC_DATE_RANGE_FILTER,
                  Filters.RELATIVE_DATE_OPERATOR_BASE_RELATIVE_DATE_FILTER,
                  Filters.RELATIVE_ANNIVERSARY_DATE_FILTER,
                  Filters.RELATIVE_DATE_RANGE_FILTER,
                  Filters.EXISTENCE_OPERATOR_EXISTENCE_FILTER)
              .as("filter")
              .required());

  static final Schema.Struct PROFILE_HAS_CUSTOM_OBJECT_CONDITION =
      Schema.struct(
          "ProfileHasCustomObjectCondition",
          is("type", "profile-has-custom-object"),
          Schema.text().as("object_type_id").required(),
          Schema.text().as("object_type_relationship_id").required(),
          Filters.INTEGER_FILTER.as("filter").required(),
          Schema.items(PROFILE_HAS_CUSTOM_OBJECT_FILTER).as("filters").required());

  static final Schema.Struct PROFILE_PERMISSIONS_CONDITION =
      Schema.struct(
          "ProfilePermissionsCondition",
          is("type", "profile-permissions"),
          Schema.oneOf(
                  ConsentConditions.EXPLICITLY_REACHABLE,
                  ConsentConditions.IMPLICITLY_REACHABLE,
                  ConsentConditions.IMPLICITLY_OR_EXPLICITLY_REACHABLE,
                  ConsentConditions.EXPLICITLY_UNREACHABLE,
                  ConsentConditions.IMPLICITLY_UNREACHABLE,
                  ConsentConditions.IMPLICITLY_OR_EXPLICITLY_UNREACHABLE)
              .as("permission")
              .required(),
          Schema.choice("whatsapp_marketing", "whatsapp_transactional").as("channel").required());

  static final Schema.Struct PROFILE_METRIC_FUNNEL_STEPS =
      Schema.struct(
          "ProfileMetricFunnelSteps",
          Schema.bool().as("metric_exists").required(),
          Schema.text().as("metric_id").required(),
          Schema.items(PROFILE_METRIC_PROPERTY_FILTER).as("metric_filters").nullable());

  static final Schema.Struct SEGMENTS_PROFILE_METRIC_FUNNEL_CONDITION =
      Schema.struct(
          "SegmentsProfileMetricFunnelCondition",
          is("type", "profile-metric-funnel"),
          Schema.oneOf(
                  Filters.STATIC_DATE_RANGE_FILTER,
                  Filters.RELATIVE_DATE_RANGE_FILTER,
                  Filters.RELATIVE_DATE_OPERATOR_BASE_RELATIVE_DATE_FILTER)
              .as("timeframe_filter")
              .required(),
          Schema.choice(
                  "DAYS_1",
                  "DAYS_180",
                  "DAYS_3",
                  "DAYS_30",
                  "DAYS_5",
                  "DAYS_90",
                  "HOURS_1",
                  "WEEKS_1",
                  "YEARS_1")
              .as("completion_window_seconds")
              .nullable(),
          Schema.items(PROFILE_METRIC_FUNNEL_STEPS).as("steps").required());

  static final Schema.Struct CONDITION_GROUP =
      Schema.struct(
          "ConditionGroup",
          Schema.items(
                  Schema.oneOf(
                      PROFILE_HAS_GROUP_MEMBERSHIP_CONDITION,
                      PROFILE_NO_GROUP_MEMBERSHIP_CONDITION,
                      SEGMENTS_PROFILE_METRIC_CONDITION,
                      PROFILE_MARKETING_CONSENT_CONDITION,
                      PROFILE_POSTAL_CODE_DISTANCE_CONDITION,
                      PROFILE_PROPERTY_CONDITION,
                      PROFILE_REGION_CONDITION,
                      PROFILE_PREDICTIVE_ANALYTICS_DATE_CONDITION,
                      PROFILE_PREDICTIVE_ANALYTICS_NUMERIC_CONDITION,
                      PROFILE_PREDICTIVE_ANALYTICS_STRING_CONDITION,
                      PROFILE_PREDICTIVE_ANALYTICS_CHANNEL_AFFINITY_PRIORITY_CONDITION,
                      PROFILE_PREDICTIVE_ANALYTICS_CHANNEL_AFFINITY_RANK_CONDITION,
                      PROFILE_HAS_CUSTOM_OBJECT_CONDITION,
                      PROFILE_PERMISSIONS_CONDITION,
                      SEGMENTS_PROFILE_METRIC_FUNNEL_CONDITION))
              .as("conditions")
              .required());

  static final Schema.Struct SEGMENT_DEFINITION =
      Schema.struct(
          "SegmentDefinition", Schema.items(CONDITION_GROUP).as("condition_groups").required());

  private SegmentDefinition() {}
}
