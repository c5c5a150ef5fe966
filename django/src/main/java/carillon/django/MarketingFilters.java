package carillon.django;

import java.util.Map;

/** The filters of messages beyond Django's own, by name. */
final class MarketingFilters {

  private MarketingFilters() {}

  static Map<String, Filter> all() {
    var filters = new FilterTable();
    ArithmeticFilters.addTo(filters);
    TextPieceFilters.addTo(filters);
    CollectionFilters.addTo(filters);
    EncodingFilters.addTo(filters);
    MarketingDateFilters.addTo(filters);
    return filters.all();
  }
}
