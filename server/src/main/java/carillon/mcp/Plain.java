package carillon.mcp;

import java.util.List;

/** A tool that is one operation. */
record Plain(Requests requests) implements Script {

  @Override
  public Result run(Arguments arguments, ApiClient api) {
    return requests.run(arguments, api, List.of());
  }
}
