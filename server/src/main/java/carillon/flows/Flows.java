package carillon.flows;

import carillon.jsonapi.Attribute;
import carillon.jsonapi.Relation;
import carillon.jsonapi.ResourceType;
import carillon.jsonapi.Schema;
import java.util.List;
import java.util.Map;

/** Flows as other features see them. */
public final class Flows {

  private static final ResourceType<Flow> FLOW =
      ResourceType.<Flow>of(
              "flow",
              "flows",
              Flow::id,
              List.of(
                  Attribute.of(Schema.text().as("name").nullable(), Flow::name),
                  Attribute.of(Schema.text().as("status").nullable(), Flow::status),
                  Attribute.of(Schema.bool().as("archived").nullable(), Flow::archived),
                  Attribute.of(Schema.moment().as("created").nullable(), Flow::created),
                  Attribute.of(Schema.moment().as("updated").nullable(), Flow::updated),
                  Attribute.of(
                      Schema.choice(
                              "Added to List",
                              "Date Based",
                              "Low Inventory",
                              "Metric",
                              "Price Drop",
                              "Unconfigured")
                          .as("trigger_type")
                          .nullable(),
                      Flow::trigger)))
          .with(
              List.of(Relation.many("flow-actions", "flow-action"), Relation.many("tags", "tag")));

  /**
   * The flows that a kind of resource (lists, metrics) starts. No flow can be made yet, so there
   * are none.
   */
  public <T> Relation.Included<T, Flow> triggered() {
    return new Relation.Included<>(() -> FLOW, (_, _, _) -> Map.of());
  }
}
