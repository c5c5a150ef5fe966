package carillon.profiles;

import static java.util.stream.Stream.concat;

import carillon.jsonapi.Body;
import carillon.jsonapi.Field;
import carillon.jsonapi.Schema;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The attributes of a person in request bodies. */
public final class ProfileFields {

  private static final int LONGEST_ID = 255;

  public static final Field<String> EMAIL =
      Schema.text().checked(Emails::fault).as("email").nullable().tidied(Emails::tidy);
  public static final Field<String> PHONE_NUMBER =
      Schema.text()
          .checked(PhoneNumbers::fault)
          .as("phone_number")
          .nullable()
          .tidied(PhoneNumbers::tidy);
  public static final Field<String> EXTERNAL_ID =
      Schema.text().length(1, LONGEST_ID).orWhole().as("external_id").nullable();
  public static final Field<String> ANONYMOUS_ID =
      Schema.text().length(1, LONGEST_ID).as("anonymous_id").nullable();
  public static final Field<String> KX = Schema.text().as("_kx").nullable();

  /** The plain attributes that identify nobody. */
  static final List<Field<String>> DETAILS =
      Stream.of("first_name", "last_name", "organization", "locale", "title", "image")
          .map(name -> Schema.text().as(name).nullable())
          .toList();

  static final Schema.Struct LOCATION_MEMBERS =
      Schema.struct(
          "location",
          Schema.text().as("address1").nullable(),
          Schema.text().as("address2").nullable(),
          Schema.text().as("city").nullable(),
          Schema.text().as("country").nullable(),
          degrees("latitude"),
          degrees("longitude"),
          Schema.text().as("region").nullable(),
          Schema.text().as("zip").nullable(),
          Schema.text().as("timezone").nullable(),
          Schema.text().as("ip").nullable());

  static final Field<ObjectNode> LOCATION = LOCATION_MEMBERS.as("location").nullable();
  static final Field<ObjectNode> PROPERTIES = Schema.free().as("properties").nullable();

  static final Field<ObjectNode> APPEND = Schema.free().as("append").nullable();
  static final Field<ObjectNode> UNAPPEND = Schema.free().as("unappend").nullable();
  static final Field<JsonNode> UNSET =
      Schema.oneOf(Schema.text(), Schema.items(Schema.text())).as("unset").nullable();

  /** The secondary e-mail addresses in {@code meta.patch_identifiers}. */
  static final Field<JsonNode> ADDRESSES =
      Schema.oneOf(address(), Schema.items(address())).as("email");

  private static final Field<ObjectNode> PATCH_PROPERTIES =
      Schema.struct("patch_properties", APPEND, UNAPPEND, UNSET).as("patch_properties").nullable();
  private static final Field<ObjectNode> PATCH_IDENTIFIERS =
      Schema.struct(
              "patch_identifiers",
              Schema.struct("append", ADDRESSES).as("append"),
              Schema.struct("unappend", ADDRESSES).as("unappend"))
          .as("patch_identifiers")
          .nullable();

  /** How properties and secondary addresses are to change. */
  public static final Field<ObjectNode> META =
      Schema.struct("meta", PATCH_PROPERTIES, PATCH_IDENTIFIERS).as("meta").nullable();

  /** The attributes of a new profile; those that identify come first, then {@code more}. */
  static Field<?>[] attributes(Field<?>... more) {
    return concat(
            concat(Stream.of(EMAIL, PHONE_NUMBER, EXTERNAL_ID), Stream.of(more)),
            concat(DETAILS.stream(), Stream.of(LOCATION, PROPERTIES)))
        .toArray(Field<?>[]::new);
  }

  /** The profile of a request that creates or updates profiles, also in bulk. */
  public static Schema.Struct upsert() {
    return Body.of("profile").optionalId().attributes(attributes(KX)).member(META).resource();
  }

  /** The profile an event or a request of a client is about. */
  public static Schema.Struct subject() {
    return Body.of("profile")
        .optionalId()
        .attributes(
            concat(Stream.of(attributes(ANONYMOUS_ID, KX)), Stream.of(META))
                .toArray(Field<?>[]::new))
        .resource();
  }

  /** The profile a push token is registered for. */
  public static Schema.Struct subjectOfToken() {
    return Body.of("profile")
        .optionalId()
        .attributes(concat(Stream.of(attributes(KX)), Stream.of(META)).toArray(Field<?>[]::new))
        .resource();
  }

  /** The profile somebody subscribes as; {@code channels} says to what. */
  public static Schema.Struct subscriber(Field<?> channels) {
    return Body.of("profile")
        .optionalId()
        .attributes(
            concat(Stream.of(attributes(KX)), Stream.of(META, channels)).toArray(Field<?>[]::new))
        .resource();
  }

  /** The profile that several events of a request are about. */
  public static Schema.Struct subjectOfMany() {
    return Body.of("profile")
        .optionalId()
        .attributes(attributes(ANONYMOUS_ID, KX))
        .member(META)
        .resource();
  }

  private static Field<JsonNode> degrees(String name) {
    return Schema.oneOf(Schema.text(), Schema.decimal()).as(name).nullable();
  }

  private static Schema.Text address() {
    return Schema.text().checked(Emails::fault);
  }

  private ProfileFields() {}
}
