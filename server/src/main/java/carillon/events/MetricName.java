package carillon.events;

/** What a metric is known by: names count per integration and by case. */
public record MetricName(Integration integration, String name) {

  /** A metric of the server's own, such as {@code Received Email}. */
  public static MetricName internal(String name) {
    return new MetricName(Integration.INTERNAL, name);
  }

  /** A metric that clients of the API send. */
  public static MetricName api(String name) {
    return new MetricName(Integration.API, name);
  }
}
