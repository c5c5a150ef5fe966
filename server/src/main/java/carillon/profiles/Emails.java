package carillon.profiles;

import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.util.Locale;
import java.util.Optional;

/** The e-mail addresses a person can have. */
public final class Emails {

  private static final EmailValidator VALIDATOR = JMail.strictValidator();
  private static final int LONGEST = 254;

  /** What is wrong with an address; empty when nothing is. */
  public static Optional<String> fault(String address) {
    var tidy = address.strip();
    return tidy.length() <= LONGEST && VALIDATOR.isValid(tidy)
        ? Optional.empty()
        : Optional.of("Invalid email address");
  }

  /** An address as it is stored. */
  public static String tidy(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }

  private Emails() {}
}
