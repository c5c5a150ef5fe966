package carillon.jsonapi;

/** The methods an operation may answer. */
public enum Http {
  GET,
  POST,
  PATCH,
  DELETE
}
