package carillon.jsonapi;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the fields of an object that has passed its schema. */
public record Values(ObjectNode node) {

  /** Whether the field is there, null included: absent keeps, null clears. */
  public boolean has(Field<?> field) {
    return node.has(field.name());
  }

  /** A field's value; empty when absent or null. */
  public <V> Optional<V> find(Field<V> field) {
    var value = node.get(field.name());
    return value == null || value.isNull()
        ? Optional.empty()
        : Optional.of(field.tidy().apply(read(value, field.schema())));
  }

  /** A required field's value. */
  public <V> V get(Field<V> field) {
    return find(field).orElseThrow(() -> new IllegalStateException(field.name() + " is missing"));
  }

  /** The object in a field; an empty one when absent or null. */
  public Values in(Field<ObjectNode> field) {
    return in(field.name());
  }

  /** The object under a name; an empty one when there is none. */
  public Values in(String name) {
    return new Values(node.get(name) instanceof ObjectNode inner ? inner : Json.object());
  }

  @SuppressWarnings("unchecked")
  private static <V> V read(JsonNode value, Schema<V> schema) {
    return (V)
        switch (schema) {
          case Schema.Text _ -> value.asString();
          case Schema.Choice _ -> value.stringValue();
          case Schema.Whole _, Schema.WholeChoice _ -> value.longValue();
          case Schema.Decimal _ -> new BigDecimal(value.asString());
          case Schema.Bool _ -> value.booleanValue();
          case Schema.Moment _ -> Json.moment(value.stringValue()).orElseThrow();
          case Schema.Day _ -> LocalDate.parse(value.stringValue());
          case Schema.Items<?>(var element, _, _) -> list(value, element);
          case Schema.Struct _, Schema.Free _ -> value;
          case Schema.Any _, Schema.OneOf _, Schema.Lazy _ -> value;
        };
  }

  private static List<?> list(JsonNode value, Schema<?> element) {
    return StreamSupport.stream(value.spliterator(), false)
        .<Object>map(item -> read(item, element))
        .toList();
  }
}
