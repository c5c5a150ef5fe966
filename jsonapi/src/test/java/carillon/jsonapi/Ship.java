package carillon.jsonapi;

import static carillon.jsonapi.Schema.bool;
import static carillon.jsonapi.Schema.choice;
import static carillon.jsonapi.Schema.decimal;
import static carillon.jsonapi.Schema.free;
import static carillon.jsonapi.Schema.items;
import static carillon.jsonapi.Schema.moment;
import static carillon.jsonapi.Schema.oneOf;
import static carillon.jsonapi.Schema.struct;
import static carillon.jsonapi.Schema.text;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A row of the invented feature, with an attribute of every kind. */
record Ship(String id, ObjectNode values, String port, List<String> crew) {

  static final Field<String> NAME = text().length(1, 50).as("name").required();
  static final Field<String> CODE = text().matching("^[0-9_A-z]+$").as("code").nullable();
  static final Field<String> EMAIL = text().checked(Ship::email).as("email").nullable();
  static final Field<String> RIG = choice("sloop", "brig", "liner").as("rig");
  static final Field<Long> TONNAGE = new Schema.Whole(0, 1000).as("tonnage").nullable();
  static final Field<Long> GRADE = new Schema.WholeChoice(List.of(1, 2, 3)).as("grade");
  static final Field<BigDecimal> SPEED = decimal().as("speed");
  static final Field<Boolean> AFLOAT = bool().as("afloat");
  static final Field<Boolean> INSURED = new Schema.Bool(Optional.of(true)).as("insured");
  static final Field<Instant> LAUNCHED = moment().as("launched").nullable();
  static final Field<LocalDate> BUILT = new Schema.Day().as("built");
  static final Field<List<String>> FLAGS = items(text()).size(1, 3).as("flags");
  static final Field<ObjectNode> POSITION =
      struct(
              "ShipPosition",
              decimal().as("latitude").required(),
              decimal().as("longitude").required(),
              struct("Sea", text().as("name"), text().as("depth")).as("sea"))
          .as("position")
          .nullable();
  static final Field<ObjectNode> CARGO = free().as("cargo");
  static final Field<JsonNode> NOTE = new Schema.Any().as("note");
  static final Field<JsonNode> ENGINE =
      oneOf(
              struct(
                  "SteamEngine",
                  choice("steam").as("type").required(),
                  Schema.whole().as("boilers").required()),
              struct(
                  "Sails",
                  choice("sail").as("type").required(),
                  Schema.whole().as("masts").required()))
          .as("engine");

  static final List<Field<?>> PLAIN =
      List.of(
          NAME, CODE, EMAIL, RIG, TONNAGE, GRADE, SPEED, AFLOAT, INSURED, BUILT, FLAGS, POSITION,
          CARGO, NOTE, ENGINE);

  Optional<Instant> launched() {
    return new Values(values).find(LAUNCHED);
  }

  String name() {
    return new Values(values).get(NAME);
  }

  private static Optional<String> email(String text) {
    return text.contains("@") ? Optional.empty() : Optional.of("Invalid email address");
  }

  record Port(String id, String name) {}

  record Sailor(String id, String name, String ship) {}
}
