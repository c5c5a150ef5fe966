package carillon.server;

import carillon.jsonapi.HttpRequest;
import carillon.jsonapi.HttpResponse;
import carillon.jsonapi.Json;
import carillon.platform.db.Database;
import carillon.platform.http.Pages;
import java.util.function.BooleanSupplier;

/** Whether the node lives, and whether it can do its work. */
final class Health {

  private final Database db;
  private final BooleanSupplier working;

  /** {@code working} tells whether the workers this node should have are running. */
  Health(Database db, BooleanSupplier working) {
    this.db = db;
    this.working = working;
  }

  HttpResponse live(HttpRequest request) {
    return Pages.json(200, Json.object().put("status", "live").toString());
  }

  /** A node listens while its database is still being opened and migrated. */
  HttpResponse ready(HttpRequest request) {
    var database = db.reachable();
    var workers = working.getAsBoolean();
    var report = Json.object();
    report.put("status", database && workers ? "ready" : "not ready");
    report.put("database", database);
    report.put("migrations", db.isOpen());
    report.put("workers", workers);
    return Pages.json(database && workers ? 200 : 503, report.toString());
  }
}
