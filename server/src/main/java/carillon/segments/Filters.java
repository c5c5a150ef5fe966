package carillon.segments;

import carillon.jsonapi.Field;
import carillon.jsonapi.Schema;
import java.util.Optional;
import java.util.stream.Stream;

/** The filters of segment conditions, as published. */
final class Filters {

  static final Schema.Struct STATIC_DATE_FILTER =
      Schema.struct(
          "StaticDateFilter",
          is("type", "date"),
          Schema.choice("after", "before").as("operator").required(),
          Schema.moment().as("date").required());

  static final Schema.Struct STATIC_DATE_RANGE_FILTER =
      Schema.struct(
          "StaticDateRangeFilter",
          is("type", "date"),
          is("operator", "between-static"),
          Schema.moment().as("start").required(),
          Schema.moment().as("end").required());

  static final Schema.Struct RELATIVE_DATE_OPERATOR_BASE_RELATIVE_DATE_FILTER =
      Schema.struct(
          "RelativeDateOperatorBaseRelativeDateFilter",
          is("type", "date"),
          Schema.choice("at-least", "in-the-last", "in-the-next").as("operator").required(),
          Schema.choice("day", "hour", "week").as("unit").required(),
          Schema.whole().as("quantity").required());

  static final Schema.Struct RELATIVE_DATE_RANGE_FILTER =
      Schema.struct(
          "RelativeDateRangeFilter",
          is("type", "date"),
          is("operator", "between"),
          Schema.whole().as("start").required(),
          Schema.whole().as("end").required(),
          Schema.choice("day", "hour", "week").as("unit").required());

  static final Schema.Struct NUMERIC_OPERATOR_NUMERIC_FILTER =
      Schema.struct(
          "NumericOperatorNumericFilter",
          is("type", "numeric"),
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
          is("type", "date"),
          Schema.choice("anniversary-last", "anniversary-next").as("operator").required(),
          Schema.choice("day", "hour", "week").as("unit").required(),
          Schema.whole().as("quantity").required());

  static final Schema.Struct ALLTIME_DATE_FILTER =
      Schema.struct("AlltimeDateFilter", is("type", "date"), is("operator", "alltime"));

  static final Schema.Struct STRING_OPERATOR_STRING_FILTER =
      Schema.struct(
          "StringOperatorStringFilter",
          is("type", "string"),
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
          is("type", "string"),
          Schema.choice("in", "not-in").as("operator").required(),
          Schema.items(Schema.text()).as("value").required());

  static final Schema.Struct EXISTENCE_OPERATOR_EXISTENCE_FILTER =
      Schema.struct(
          "ExistenceOperatorExistenceFilter",
          is("type", "existence"),
          Schema.choice("is-set", "not-set").as("operator").required());

  static final Schema.Struct LIST_SET_FILTER =
      Schema.struct(
          "ListSetFilter",
          is("type", "list"),
          Schema.choice("contains-all", "contains-any", "not-contains-all", "not-contains-any")
              .as("operator")
              .required(),
          Schema.items(Schema.text()).as("value").required());

  static final Schema.Struct LIST_LENGTH_FILTER =
      Schema.struct(
          "ListLengthFilter",
          is("type", "list"),
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
          is("type", "list"),
          Schema.choice("contains-substring", "not-contains-substring").as("operator").required(),
          Schema.text().as("value").required().nullable());

  static final Schema.Struct BOOLEAN_FILTER =
      Schema.struct(
          "BooleanFilter",
          is("type", "boolean"),
          is("operator", "equals"),
          Schema.bool().as("value").required());

  static final Schema.Struct CALENDAR_DATE_FILTER =
      Schema.struct(
          "CalendarDateFilter",
          is("type", "date"),
          is("operator", "calendar-month"),
          Schema.whole().as("value").required());

  static final Schema.Struct ANNIVERSARY_DATE_FILTER =
      Schema.struct(
          "AnniversaryDateFilter",
          is("type", "date"),
          Schema.choice("anniversary", "anniversary-month").as("operator").required());

  static final Schema.Struct EQUALS_STRING_FILTER =
      Schema.struct(
          "EqualsStringFilter",
          is("type", "string"),
          is("operator", "equals"),
          Schema.text().as("value").required().nullable());

  static final Schema.Struct IN_STRING_ARRAY_FILTER =
      Schema.struct(
          "InStringArrayFilter",
          is("type", "string"),
          is("operator", "in"),
          Schema.items(Schema.text()).as("value").required());

  static final Schema.Struct IS_SET_EXISTENCE_FILTER =
      Schema.struct("IsSetExistenceFilter", is("type", "existence"), is("operator", "is-set"));

  static final Schema.Struct GREATER_THAN_POSITIVE_NUMERIC_FILTER =
      Schema.struct(
          "GreaterThanPositiveNumericFilter",
          is("type", "numeric"),
          is("operator", "greater-than"),
          Schema.oneOf(Schema.whole(), Schema.decimal()).as("value").required());

  static final Schema.Struct LESS_THAN_POSITIVE_NUMERIC_FILTER =
      Schema.struct(
          "LessThanPositiveNumericFilter",
          is("type", "numeric"),
          is("operator", "less-than"),
          Schema.oneOf(Schema.whole(), Schema.decimal()).as("value").required());

  static final Schema.Struct STRING_PHONE_OPERATOR_STRING_ARRAY_FILTER =
      Schema.struct(
          "StringPhoneOperatorStringArrayFilter",
          is("type", "string"),
          Schema.choice("phone-country-code-in", "phone-country-code-not-in")
              .as("operator")
              .required(),
          Schema.items(Schema.text()).as("value").required());

  static final Schema.Struct LIST_CONTAINS_OPERATOR_LIST_CONTAINS_FILTER =
      Schema.struct(
          "ListContainsOperatorListContainsFilter",
          is("type", "list"),
          Schema.choice("contains", "not-contains").as("operator").required(),
          Schema.oneOf(Schema.whole(), Schema.text()).as("value").required().nullable());

  static final Schema.Struct INTEGER_FILTER =
      Schema.struct(
          "IntegerFilter",
          is("type", "numeric"),
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
          is("type", "numeric"),
          is("operator", "between"),
          Schema.oneOf(Schema.whole(), Schema.decimal()).as("start").required(),
          Schema.oneOf(Schema.whole(), Schema.decimal()).as("end").required());

  /** Any filter of a moment. */
  static final Schema.OneOf DATE =
      Schema.oneOf(
          STATIC_DATE_FILTER,
          STATIC_DATE_RANGE_FILTER,
          RELATIVE_DATE_OPERATOR_BASE_RELATIVE_DATE_FILTER,
          RELATIVE_ANNIVERSARY_DATE_FILTER,
          RELATIVE_DATE_RANGE_FILTER,
          CALENDAR_DATE_FILTER,
          ANNIVERSARY_DATE_FILTER);

  /** The same, or whether there is one. */
  static final Schema.OneOf DATE_OR_SET =
      new Schema.OneOf(
          Stream.concat(DATE.options().stream(), Stream.of(IS_SET_EXISTENCE_FILTER)).toList());

  /** A field that says which of several shapes this is. */
  static Field<String> is(String name, String word) {
    return Schema.choice(word).as(name).required();
  }

  /** The same for yes and no. */
  static Field<Boolean> is(String name, boolean only) {
    return new Schema.Bool(Optional.of(only)).as(name).required();
  }

  private Filters() {}
}
