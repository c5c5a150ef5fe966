package carillon.segments;

import carillon.jsonapi.Fault;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What a segment asks of its members: every group must hold, and in a group any condition. */
record Definition(List<Group> groups) {

  /** Conditions of which one must hold. */
  record Group(List<Condition> conditions) {
    Group {
      conditions = List.copyOf(conditions);
    }
  }

  Definition {
    groups = List.copyOf(groups);
  }

  /** Reads what the published schema admitted and {@link #faults} found nothing against. */
  static Definition parse(ObjectNode json) {
    return new DefinitionReader("", Vocabulary.EVERYTHING).read(json);
  }

  /**
   * What is wrong with a definition that the published schema admitted.
   *
   * @param pointer where it stands in the body
   * @param self the segment it is to define, if that is there already
   */
  static List<Fault> faults(
      ObjectNode json, String pointer, Vocabulary vocabulary, Optional<String> self) {
    var reader = new DefinitionReader(pointer, vocabulary);
    var definition = reader.read(json);
    self.ifPresent(id -> reader.refuseCycle(definition, id));
    return reader.faults();
  }

  /** The same definition as answers tell it: optional fields left out become null. */
  static ObjectNode normalised(ObjectNode json) {
    return (ObjectNode) Echo.of(SegmentDefinition.SEGMENT_DEFINITION, json);
  }

  /** What must change to make members or end their membership. */
  Dependencies dependencies() {
    return Dependencies.of(this);
  }

  /** Whether it must be known where postal codes lie. */
  boolean asksForDistance() {
    return conditions().anyMatch(Condition.Distance.class::isInstance);
  }

  Stream<Condition> conditions() {
    return groups.stream().flatMap(group -> group.conditions().stream());
  }
}
