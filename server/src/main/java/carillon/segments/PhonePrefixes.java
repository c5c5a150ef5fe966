package carillon.segments;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How international phone numbers of a country begin. The countries that share +1 are told apart by
 * their area codes, other countries that share a calling code are not.
 */
final class PhonePrefixes {

  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
  private static final int NORTH_AMERICA = 1;

  static boolean isCountry(String country) {
    return NUMBERS.getSupportedRegions().contains(upper(country));
  }

  /** The length of prefixes with an area code: {@code +1} and three digits. */
  static final int AREA_LENGTH = 5;

  /** Area codes with {@code +1} before them. */
  static List<String> areas(List<String> countries) {
    return countries.stream()
        .flatMap(country -> Areas.BY_COUNTRY.getOrDefault(upper(country), List.of()).stream())
        .toList();
  }

  /** Patterns for LIKE of the other countries. */
  static List<String> patterns(List<String> countries) {
    return countries.stream()
        .map(PhonePrefixes::callingCode)
        .filter(code -> code != NORTH_AMERICA)
        .distinct()
        .map(code -> "+" + code + "%")
        .toList();
  }

  private static int callingCode(String country) {
    return NUMBERS.getCountryCodeForRegion(upper(country));
  }

  private static String upper(String country) {
    return country.toUpperCase(Locale.ROOT);
  }

  /** Made when first needed: it takes some milliseconds. */
  private static final class Areas {
    static final Map<String, List<String>> BY_COUNTRY =
        IntStream.range(200, 1000)
            .boxed()
            .collect(
                groupingBy(
                    PhonePrefixes::countryOf, mapping(area -> "+1" + area, Collectors.toList())));
  }

  private static String countryOf(int area) {
    try {
      var region = NUMBERS.getRegionCodeForNumber(NUMBERS.parse("+1" + area + "2345678", null));
      return region == null ? "" : region;
    } catch (NumberParseException _) {
      return "";
    }
  }

  private PhonePrefixes() {}
}
