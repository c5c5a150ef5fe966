package carillon.segments;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a definition looks at: nothing else can change who is a member.
 *
 * @param metrics ids of metrics whose new events can matter
 * @param anyEvent whether an event of any metric can, through the date of the last event
 * @param attributes plain attributes of people, {@code location} and {@code updated}, which every
 *     change of a person touches
 * @param properties keys of custom properties
 * @param groups ids of lists and segments
 * @param channels channels of consent: email, sms, push, whatsapp
 * @param suppression whether being suppressed, or no longer, can matter
 * @param devices whether having a device for push messages can matter
 * @param predictions whether new predictions can matter
 * @param timing whether time alone can
 */
record Dependencies(
    Set<String> metrics,
    boolean anyEvent,
    Set<String> attributes,
    Set<String> properties,
    Set<String> groups,
    Set<String> channels,
    boolean suppression,
    boolean devices,
    boolean predictions,
    Timing timing) {

  /** How the passing of time changes members. */
  enum Timing {
    /** Not at all. */
    NEVER,
    /** Whom it changes is found by indexes. */
    INDEXED,
    /** To find whom it changes, all people or all of their consents must be looked through. */
    SWEPT
  }

  static Dependencies of(Definition definition) {
    return new Gathering().of(definition);
  }

  private static final class Gathering {
    private final Set<String> metrics = new TreeSet<>();
    private final Set<String> attributes = new TreeSet<>();
    private final Set<String> properties = new TreeSet<>();
    private final Set<String> groups = new TreeSet<>();
    private final Set<String> channels = new TreeSet<>();
    private boolean anyEvent;
    private boolean suppression;
    private boolean devices;
    private boolean predictions;

    Dependencies of(Definition definition) {
      definition.conditions().forEach(this::add);
      return new Dependencies(
          Set.copyOf(metrics),
          anyEvent,
          Set.copyOf(attributes),
          Set.copyOf(properties),
          Set.copyOf(groups),
          Set.copyOf(channels),
          suppression,
          devices,
          predictions,
          TimeEdges.timing(definition));
    }

    private void add(Condition condition) {
      switch (condition) {
        case Condition.Membership one -> groups.addAll(one.groups());
        case Condition.Activity one -> metrics.add(one.events().metric());
        case Condition.Funnel one ->
            one.steps().forEach(step -> metrics.add(step.events().metric()));
        case Condition.Property one -> add(one.property());
        case Condition.Consent one -> add(one);
        case Condition.Permission _ -> {
          channels.add("whatsapp");
          attributes.add("phone_number");
        }
        case Condition.InRegion _, Condition.Distance _ -> attributes.add("location");
        case Condition.PredictedNumber _,
            Condition.PredictedDate _,
            Condition.PredictedGender _,
            Condition.ChannelPriority _,
            Condition.ChannelRank _ ->
            predictions = true;
        case Condition.CustomObjects _ -> {}
      }
    }

    private void add(ProfileProperty property) {
      switch (property) {
        case ProfileProperty.Text(var name) -> attributes.add(name);
        case ProfileProperty.Place _ -> attributes.add("location");
        case ProfileProperty.Custom(var key) -> properties.add(key);
        case ProfileProperty.Time(var name) -> {
          anyEvent |= name.equals("last_event_date");
          attributes.add(name);
        }
      }
    }

    private void add(Condition.Consent consent) {
      channels.add(consent.channel());
      switch (consent.channel()) {
        case "email" -> {
          suppression = true;
          attributes.add("email");
        }
        case "sms" -> attributes.add("phone_number");
        default -> devices = true;
      }
    }
  }
}
