package carillon.mcp;

/** Makes requests of the API for one caller, with his key, scopes and limits. */
interface ApiClient {

  /** The public id of the account the caller's key belongs to. */
  String account();

  /** Makes the request; a refusal of the API is an answer, too. */
  ApiAnswer call(ApiCall call);
}
