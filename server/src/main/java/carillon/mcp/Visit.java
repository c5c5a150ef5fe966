package carillon.mcp;

import carillon.accounts.ApiKeys;

/** Who calls, with which credentials, and what is offered there. */
record Visit(String secret, ApiKeys.AgentKey key, Offer offer) {

  String account() {
    return key.caller().account();
  }
}
