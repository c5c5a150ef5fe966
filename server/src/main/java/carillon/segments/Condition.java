package carillon.segments;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A condition on one person. */
sealed interface Condition {

  /**
   * Member of any of some lists and segments, or of none of them.
   *
   * @param joined when members joined; only asked of members
   */
  record Membership(boolean member, List<String> groups, Optional<DateFilter> joined)
      implements Condition {}

  /** A number made of somebody's events, zero without any, compares with a value. */
  record Activity(
      Events events, Measure measure, Comparison op, BigDecimal value, DateFilter timeframe)
      implements Condition {}

  /** Steps done, or not done, one after the other. */
  record Funnel(DateFilter timeframe, Optional<Duration> window, List<Step> steps)
      implements Condition {}

  /** An attribute or custom property passes a filter. */
  record Property(ProfileProperty property, ValueFilter filter) implements Condition {}

  /**
   * Marketing of a channel can or cannot reach somebody, who stands so, and all filters hold.
   *
   * @param channel email, sms or push
   */
  record Consent(
      String channel, boolean reachable, Subscription subscription, List<ConsentFilter> filters)
      implements Condition {}

  /** WhatsApp messages of a kind (marketing, transactional) may or may not be sent, and why. */
  record Permission(String kind, boolean reachable, Ground ground, List<ConsentFilter> filters)
      implements Condition {}

  /** Lives in a part of the world. */
  record InRegion(boolean inside, Region region) implements Condition {}

  /** Lives nearer to, or farther from, a postal code than a distance. */
  record Distance(String country, String postalCode, double meters, boolean nearer)
      implements Condition {}

  /** A predicted number. */
  record PredictedNumber(String dimension, Comparison op, BigDecimal value) implements Condition {}

  /** The expected day of the next order. */
  record PredictedDate(DateFilter filter) implements Condition {}

  /** The likely gender. */
  record PredictedGender(boolean equal, String value) implements Condition {}

  /** The place of a channel among those a person answers to. */
  record ChannelPriority(String channel, long priority) implements Condition {}

  /** How well a person answers to a channel: high, medium or low. */
  record ChannelRank(String channel, boolean equal, String rank) implements Condition {}

  /** A count of custom objects, of which nobody has any. */
  record CustomObjects(Comparison op, long value) implements Condition {}

  /** Events of a metric whose properties pass all filters. */
  record Events(String metric, List<EventFilter> filters) {}

  /** A filter of a property of events. */
  record EventFilter(String property, ValueFilter filter) {}

  /** A step of a funnel. */
  record Step(boolean done, Events events) {}

  /** What is made of events. */
  enum Measure {
    COUNT,
    SUM
  }

  /** How somebody stands on a channel. */
  enum Subscription {
    ANY,
    SUBSCRIBED,
    UNSUBSCRIBED,
    NEVER_SUBSCRIBED
  }

  /** What a permission rests on: a word of the person's, or none. */
  enum Ground {
    EXPLICIT,
    IMPLICIT,
    EITHER
  }

  /** Parts of the world with laws of their own. */
  enum Region {
    EUROPEAN_UNION,
    UNITED_STATES
  }
}
