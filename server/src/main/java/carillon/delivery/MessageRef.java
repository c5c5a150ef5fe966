package carillon.delivery;

import carillon.platform.work.Lanes;

/** What a row of the ledger is known by. */
record MessageRef(String account, String profile, String source) {

  int lane() {
    return Lanes.of(profile);
  }
}
