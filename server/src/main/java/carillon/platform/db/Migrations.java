package carillon.platform.db;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the schema up to date; of several nodes starting together one does it, others wait. */
final class Migrations {

  static void run(DataSource database) {
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:carillon/db")
        .table("schema_migration")
        .validateMigrationNaming(true)
        // With the lock held in a transaction, "create index concurrently" would wait for ever.
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
        .load()
        .migrate();
  }

  private Migrations() {}
}
