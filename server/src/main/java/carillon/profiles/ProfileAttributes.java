package carillon.profiles;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Field;
import carillon.jsonapi.Json;
import carillon.jsonapi.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The attributes of a person in answers. */
final class ProfileAttributes {

  private static final List<String> TEXTS =
      List.of(
          "email",
          "phone_number",
          "external_id",
          "first_name",
          "last_name",
          "organization",
          "locale",
          "title",
          "image");

  private static final Field<?> PREDICTIVE =
      Schema.struct(
              "predictive_analytics",
              Stream.concat(
                      Stream.of(
                              "historic_clv",
                              "predicted_clv",
                              "total_clv",
                              "historic_number_of_orders",
                              "predicted_number_of_orders",
                              "average_days_between_orders",
                              "average_order_value",
                              "churn_probability")
                          .map(name -> Schema.decimal().as(name).nullable()),
                      Stream.of(
                          Schema.moment().as("expected_date_of_next_order").nullable(),
                          Schema.items(Schema.choice("email", "push", "sms", "whatsapp"))
                              .as("ranked_channel_affinity")
                              .nullable()))
                  .toArray(Field<?>[]::new))
          .as("predictive_analytics")
          .nullable();

  /** Nothing is predicted yet: every key is there and null. */
  private static final ObjectNode NO_PREDICTION = nulls((Schema.Struct) PREDICTIVE.schema());

  /** The attributes of rows that hold a profile. */
  static <T> List<Attribute<T>> of(Function<T, Profile> profile) {
    var all = new ArrayList<Attribute<T>>();
    for (var name : TEXTS) {
      all.add(
          Attribute.of(
              Schema.text().as(name).nullable(),
              profile.andThen(one -> one.text(name).orElse(null))));
    }
    all.add(Attribute.of(moment("created"), profile.andThen(Profile::created)));
    all.add(Attribute.of(moment("updated"), profile.andThen(Profile::updated)));
    all.add(
        Attribute.of(
            moment("last_event_date"), profile.andThen(one -> one.lastEvent().orElse(null))));
    all.add(
        Attribute.of(
            ProfileFields.LOCATION,
            profile.andThen(one -> nulls(ProfileFields.LOCATION_MEMBERS).setAll(one.location()))));
    all.add(Attribute.of(ProfileFields.PROPERTIES, profile.andThen(Profile::properties)));
    all.add(
        Attribute.<T>of(
                Subscriptions.FIELD, profile.andThen(one -> one.subscriptions().orElse(null)))
            .onlyWhenAsked());
    all.add(Attribute.<T>of(PREDICTIVE, profile.andThen(_ -> NO_PREDICTION)).onlyWhenAsked());
    return all;
  }

  private static Field<?> moment(String name) {
    return Schema.moment().as(name).nullable();
  }

  static ObjectNode nulls(Schema.Struct struct) {
    var node = Json.object();
    struct.fields().forEach(field -> node.putNull(field.name()));
    return node;
  }

  private ProfileAttributes() {}
}
