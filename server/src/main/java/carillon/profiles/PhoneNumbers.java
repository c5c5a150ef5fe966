package carillon.profiles;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Optional;

/** The phone numbers a person can have. */
public final class PhoneNumbers {

  private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
  private static final int LONGEST = 40;

  /** What is wrong with a number; empty when nothing is. */
  public static Optional<String> fault(String number) {
    return read(number).isPresent()
        ? Optional.empty()
        : Optional.of("Invalid phone number format (Example of a valid format: +12345678901)");
  }

  /** A number without fault as it is stored: E.164. */
  public static String tidy(String number) {
    return read(number).orElse(number);
  }

  /** Only international numbers that a person could have are taken. */
  private static Optional<String> read(String number) {
    var tidy = number.strip();
    if (!tidy.startsWith("+") || tidy.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      var parsed = NUMBERS.parse(tidy, null);
      return NUMBERS.isValidNumber(parsed)
          ? Optional.of(NUMBERS.format(parsed, PhoneNumberFormat.E164))
          : Optional.empty();
    } catch (NumberParseException _) {
      return Optional.empty();
    }
  }

  private PhoneNumbers() {}
}
