package carillon.django;

import java.util.Map;

/** The filters of Django's language, by name. */
final class DjangoFilters {

  private DjangoFilters() {}

  static Map<String, Filter> all() {
    var filters = new FilterTable();
    CaseFilters.addTo(filters);
    LayoutFilters.addTo(filters);
    EscapeFilters.addTo(filters);
    MarkupFilters.addTo(filters);
    ListFilters.addTo(filters);
    NumberFilters.addTo(filters);
    LogicFilters.addTo(filters);
    DateFilters.addTo(filters);
    return filters.all();
  }
}
