package carillon.jsonapi;

import java.util.Optional;

/** Who a request's credentials stand for. */
public interface Keys {

  /** The caller behind a private key, or empty when there is no such key. */
  Optional<Caller> caller(String privateKey);

  /** The caller behind a public key (company id) on {@code /client}, or empty. */
  Optional<Caller> company(String companyId);
}
