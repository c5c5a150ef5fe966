package carillon.segments;

import carillon.platform.db.Database;
import carillon.platform.db.Tx;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where postal codes lie, for conditions on distances: filled from a file in the format of
 * GeoNames, with a line for each place and columns parted by tabulators, of which the first two are
 * country and code, and the tenth and eleventh latitude and longitude.
 */
public final class PostalCodes {

  private static final int BATCH = 5_000;
  private static final int LATITUDE = 9;

  private record Line(String country, String code, double latitude, double longitude) {

    /** Lines without a place are passed over. */
    static Optional<Line> read(String text) {
      var columns = text.split("\t", -1);
      if (columns.length <= LATITUDE + 1 || columns[0].length() != 2) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new Line(
                columns[0],
                columns[1],
                Double.parseDouble(columns[LATITUDE]),
                Double.parseDouble(columns[LATITUDE + 1])));
      } catch (NumberFormatException _) {
        return Optional.empty();
      }
    }
  }

  /**
   * Puts a file in the place of what was known; does nothing if it is the file already known.
   *
   * @return how many lines told of a place; empty when nothing was to be done
   */
  public static Optional<Long> load(Database db, Path file) {
    var digest = digest(file);
    return db.transaction(tx -> {
      tx.sql("lock table postal_file").run();
      var known =
          tx.sql("select digest from postal_file where digest = :digest")
              .bind("digest", digest)
              .first(row -> row.text("digest"));
      return known.isPresent() ? Optional.empty() : Optional.of(replace(tx, file, digest));
    });
  }

  private static long replace(Tx tx, Path file, String digest) {
    tx.sql("delete from postal_code").run();
    tx.sql("delete from postal_file").run();
    tx.sql("insert into postal_file (digest) values (:digest)").bind("digest", digest).run();
    storeCountries(tx);
    try (var lines = Files.lines(file)) {
      var batch = new ArrayList<Line>();
      long count = 0;
      for (var text : (Iterable<String>) lines::iterator) {
        Line.read(text).ifPresent(batch::add);
        if (batch.size() == BATCH) {
          count += store(tx, batch);
        }
      }
      return count + store(tx, batch);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void storeCountries(Tx tx) {
    var countries = List.copyOf(Countries.codes().entrySet());
    tx.sql(
            """
            insert into country_name (name, country)
            select name, country from unnest(:names, :countries) n (name, country)
            on conflict (name) do update set country = excluded.country
            """)
        .array("names", "text", countries.stream().map(one -> one.getKey()).toList())
        .array("countries", "text", countries.stream().map(one -> one.getValue()).toList())
        .run();
  }

  /** The first of several places with one code stands for all. */
  private static long store(Tx tx, List<Line> batch) {
    tx.sql(
            """
            insert into postal_code (country, code, latitude, longitude)
            select country, postal_key(country, code), latitude, longitude
            from unnest(:countries, :codes, :latitudes, :longitudes)
              n (country, code, latitude, longitude)
            on conflict do nothing
            """)
        .array("countries", "text", batch.stream().map(Line::country).toList())
        .array("codes", "text", batch.stream().map(Line::code).toList())
        .array("latitudes", "double precision", batch.stream().map(Line::latitude).toList())
        .array("longitudes", "double precision", batch.stream().map(Line::longitude).toList())
        .run();
    long stored = batch.size();
    batch.clear();
    return stored;
  }

  private static String digest(Path file) {
    try (var in = new DigestInputStream(Files.newInputStream(file), sha256())) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static UncheckedIOException unreadable(Path file, IOException e) {
    return new UncheckedIOException("The postal codes in " + file + " cannot be read.", e);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private PostalCodes() {}
}
