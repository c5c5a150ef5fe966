package carillon.segments;

import carillon.jsonapi.Schema;

/** The filters of segment conditions, as published. */
final class Filters {

  static final Schema.Struct STATIC_DATE_FILTER =
      Schema.struct(
          "StaticDateFilter",
          Schema.choice("date").as("type").required(),
          Schema.choice("after", "before").as("operator").required(),
          Schema.moment().as("date").required());

  static final Schema.Struct STATIC_DATE_RANGE_FILTER =
      Schema.struct(
          "StaticDateRangeFilter",
          Schema.choice("date").as("type").required(),
          Schema.choice("between-static").as("operator").required(),
          Schema.moment().as("start").required(),
          Schema.moment().as("end").required());

  static final Schema.Struct RELATIVE_DATE_OPERATOR_BASE_RELATIVE_DATE_FILTER =
      Schema.struct(
          "RelativeDateOperatorBaseRelativeDateFilter",
          Schema.choice("date").as("type").required(),
          Schema.choice("at-least", "in-the-last", "in-the-next").as("operator").required(),
          Schema.choice("day", "hour", "week").as("unit").required(),
          Schema.whole().as("quantity").required());

  static final Schema.Struct RELATIVE_DATE_RANGE_FILTER =
      Schema.struct(
          "RelativeDateRangeFilter",
          Schema.choice("date").as("type").required(),
          Schema.choice("between").as("operator").required(),
          Schema.whole().as("start").required(),
          Schema.whole().as("end").required(),
          Schema.choice("day", "hour", "week").as("unit").required());

  static final Schema.Struct NUMERIC_OPERATOR_NUMERIC_FILTER =
      Schema.struct(
          "NumericOperatorNumericFilter",
          Schema.choice("numeric").as("type").required(),
          Schema.choice(
                  "equals",
                  "greater-than",
                  "greater-than-or-equal",
                  "less-than",
                  "less-than-or-equal",
                  "not-equals")
              .as("operator")
              .required(),
          Schema.oneOf(Schema.whole(), Schema.decimal()).as("value").required());

  static final Schema.Struct RELATIVE_ANNIVERSARY_DATE_FILTER =
      Schema.struct(
          "RelativeAnniversaryDateFilter",
          Schema.choice("date").as("type").required(),
          Schema.choice("anniversary-last", "anniversary-next").as("operator").required(),
          Schema.choice("day", "hour", "week").as("unit").required(),
          Schema.whole().as("quantity").required());

  static final Schema.Struct ALLTIME_DATE_FILTER =
      Schema.struct(
          "AlltimeDateFilter",
          Schema.choice("date").as("type").required(),
          Schema.choice("alltime").as("operator").required());

  static final Schema.Struct STRING_OPERATOR_STRING_FILTER =
      Schema.struct(
          "StringOperatorStringFilter",
          Schema.choice("string").as("type").required(),
          Schema.choice(
                  "contains",
                  "ends-with",
                  "equals",
                  "not-contains",
                  "not-ends-with",
                  "not-equals",
                  "not-starts-with",
                  "nregex",
                  "regex",
                  "starts-with")
              .as("operator")
              .required(),
          Schema.text().as("value").required().nullable());

  static final Schema.Struct STRING_ARRAY_OPERATOR_STRING_ARRAY_FILTER =
      Schema.struct(
          "StringArrayOperatorStringArrayFilter",
          Schema.choice("string").as("type").required(),
          Schema.choice("in", "not-in").as("operator").required(),
          Schema.items(Schema.text()).as("value").required());

  static final Schema.Struct EXISTENCE_OPERATOR_EXISTENCE_FILTER =
      Schema.struct(
          "ExistenceOperatorExistenceFilter",
          Schema.choice("existence").as("type").required(),
          Schema.choice("is-set", "not-set").as("operator").required());

  static final Schema.Struct LIST_SET_FILTER =
      Schema.struct(
          "ListSetFilter",
          Schema.choice("list").as("type").required(),
          Schema.choice("contains-all", "contains-any", "not-contains-all", "not-contains-any")
              .as("operator")
              .required(),
          Schema.items(Schema.text()).as("value").required());

  static final Schema.Struct LIST_LENGTH_FILTER =
      Schema.struct(
          "ListLengthFilter",
          Schema.choice("list").as("type").required(),
          Schema.choice(
                  "length-equals",
                  "length-greater-than",
                  "length-greater-than-or-equal",
                  "length-less-than",
                  "length-less-than-or-equal")
              .as("operator")
              .required(),
          Schema.whole().as("value").required());

  static final Schema.Struct LIST_SUBSTRING_FILTER =
      Schema.struct(
          "ListSubstringFilter",
          Schema.choice("list").as("type").required(),
          Schema.choice("contains-substring", "not-contains-substring").as("operator").required(),
          Schema.text().as("value").required().nullable());

  static final Schema.Struct BOOLEAN_FILTER =
      Schema.struct(
          "BooleanFilter",
          Schema.choice("boolean").as("type").required(),
          Schema.choice("equals").as("operator").required(),
          Schema.bool().as("value").required());

  static final Schema.Struct CALENDAR_DATE_FILTER =
      Schema.struct(
          "CalendarDateFilter",
          Schema.choice("date").as("type").required(),
          Schema.choice("calendar-month").as("operator").required(),
          Schema.whole().as("value").required());

  static final Schema.Struct ANNIVERSARY_DATE_FILTER =
      Schema.struct(
          "AnniversaryDateFilter",
          Schema.choice("date").as("type").required(),
          Schema.choice("anniversary", "anniversary-month").as("operator").required());

  static final Schema.Struct EQUALS_STRING_FILTER =
      Schema.struct(
          "EqualsStringFilter",
          Schema.choice("string").as("type").required(),
          Schema.choice("equals").as("operator").required(),
          Schema.text().as("value").required().nullable());

  static final Schema.Struct IN_STRING_ARRAY_FILTER =
      Schema.struct(
          "InStringArrayFilter",
          Schema.choice("string").as("type").required(),
          Schema.choice("in").as("operator").required(),
          Schema.items(Schema.text()).as("value").required());

  static final Schema.Struct IS_SET_EXISTENCE_FILTER =
      Schema.struct(
          "IsSetExistenceFilter",
          Schema.choice("existence").as("type").required(),
          Schema.choice("is-set").as("operator").required());

  static final Schema.Struct GREATER_THAN_POSITIVE_NUMERIC_FILTER =
      Schema.struct(
          "GreaterThanPositiveNumericFilter",
          Schema.choice("numeric").as("type").required(),
          Schema.choice("greater-than").as("operator").required(),
          Schema.oneOf(Schema.whole(), Schema.decimal()).as("value").required());

  static final Schema.Struct LESS_THAN_POSITIVE_NUMERIC_FILTER =
      Schema.struct(
          "LessThanPositiveNumericFilter",
          Schema.choice("numeric").as("type").required(),
          Schema.choice("less-than").as("operator").required(),
          Schema.oneOf(Schema.whole(), Schema.decimal()).as("value").required());

  static final Schema.Struct STRING_PHONE_OPERATOR_STRING_ARRAY_FILTER =
      Schema.struct(
          "StringPhoneOperatorStringArrayFilter",
          Schema.choice("string").as("type").required(),
          Schema.choice("phone-country-code-in", "phone-country-code-not-in")
              .as("operator")
              .required(),
          Schema.items(Schema.text()).as("value").required());

  static final Schema.Struct LIST_CONTAINS_OPERATOR_LIST_CONTAINS_FILTER =
      Schema.struct(
          "ListContainsOperatorListContainsFilter",
          Schema.choice("list").as("type").required(),
          Schema.choice("contains", "not-contains").as("operator").required(),
          Schema.oneOf(Schema.whole(), Schema.text()).as("value").required().nullable());

  static final Schema.Struct INTEGER_FILTER =
      Schema.struct(
          "IntegerFilter",
          Schema.choice("numeric").as("type").required(),
          Schema.choice(
                  "equals",
                  "greater-than",
                  "greater-than-or-equal",
                  "less-than",
                  "less-than-or-equal",
                  "not-equals")
              .as("operator")
              .required(),
          Schema.whole().as("value").required());

  static final Schema.Struct NUMERIC_RANGE_FILTER =
      Schema.struct(
          "NumericRangeFilter",
          Schema.choice("numeric").as("type").required(),
          Schema.choice("between").as("operator").required(),
          Schema.oneOf(Schema.whole(), Schema.decimal()).as("start").required(),
          Schema.oneOf(Schema.whole(), Schema.decimal()).as("end").required());

  private Filters() {}
}
