package carillon.django;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;

/** Amounts with the sign of their currency: the one given, the organization's, or dollars. */
final class Money {

  private static final Currency USUAL = Currency.getInstance("USD");

  private Money() {}

  static Object filter(Object value, Object code, Context context) {
    return format(value, Optional.ofNullable(code).map(c -> Text.of(c, context.meter())), context);
  }

  static Object tag(TagCall call) {
    var code = call.text(1).or(() -> call.text("currency"));
    return format(call.argument(0).orElse(""), code, call.context());
  }

  private static Object format(Object value, Optional<String> code, Context context) {
    var currency =
        code.or(() -> context.lookup("organization.currency").map(Object::toString))
            .flatMap(Money::currency)
            .orElse(USUAL);
    return Numbers.decimal(value).map(amount -> format(amount, currency)).orElse("");
  }

  private static String format(BigDecimal amount, Currency currency) {
    var digits = Math.max(0, currency.getDefaultFractionDigits());
    var rounded = amount.setScale(digits, RoundingMode.HALF_UP);
    var number = FloatFormat.grouped(rounded.abs().toPlainString());
    return (rounded.signum() < 0 ? "-" : "") + currency.getSymbol(Locale.US) + number;
  }

  private static Optional<Currency> currency(String code) {
    try {
      return Optional.of(Currency.getInstance(code.strip().toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
