package carillon.mcp;

/** How a tool turns its arguments into one or more calls of the API. */
interface Script {
  Result run(Arguments arguments, ApiClient api);
}
