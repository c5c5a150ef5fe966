package carillon.segments;

import static java.nio.charset.StandardCharsets.UTF_8;

import carillon.platform.db.Database;
import carillon.platform.db.Queries;
import carillon.platform.db.Tx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
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
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * Where postal codes lie, for conditions on distances. Some come with the server; those of the
 * operator's file go before them. Both are in the format of GeoNames, with a line for each place
 * and columns parted by tabulators, of which the first two are country and code, and the tenth and
 * eleventh latitude and longitude. They are put into the database when they are first asked for.
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

  private record Asking(String account, String segment) {}

  private final Optional<Path> file;
  private volatile boolean ready;

  private PostalCodes(Optional<Path> file) {
    this.file = file;
  }

  /** Those that come with the server. */
  public static PostalCodes bundled() {
    return new PostalCodes(Optional.empty());
  }

  /** Those that come with the server and those of a file. */
  public static PostalCodes with(Optional<Path> file) {
    return new PostalCodes(file);
  }

  /**
   * Puts them into the database if there is a file or a segment asks for distances. If others were
   * known before, such segments are computed anew.
   */
  public void open(Database db) {
    db.transact(tx -> {
      var asking = asking(tx);
      if (file.isPresent() || !asking.isEmpty()) {
        new TreeSet<>(asking.stream().map(Asking::account).toList())
            .forEach(account -> Upkeep.seize(tx, account));
        if (ready(tx)) {
          recompute(tx, asking);
        }
      }
    });
  }

  private static List<Asking> asking(Queries queries) {
    return queries
        .sql(
            """
            select account_id, id from segment
            where is_active and jsonb_path_exists(definition,
              '$.condition_groups.conditions.type ? (@ == "profile-postal-code-distance")')
            """)
        .list(row -> new Asking(row.text("account_id"), row.text("id")));
  }

  private static void recompute(Tx tx, List<Asking> asking) {
    for (var one : asking) {
      Computing.start(tx, one.account(), one.segment());
      Upkeep.changed(tx, one.account());
    }
  }

  /**
   * Sees to it that the codes are in the database.
   *
   * @return whether they are other codes than before
   */
  boolean ready(Tx tx) {
    if (ready) {
      return false;
    }
    var digest = digest();
    tx.sql("lock table postal_file").run();
    var isKnown =
        tx.sql("select 1 from postal_file where digest = :digest")
            .bind("digest", digest)
            .first(_ -> true)
            .isPresent();
    if (!isKnown) {
      replace(tx, digest);
    }
    tx.afterCommit(() -> ready = true);
    return !isKnown;
  }

  private void replace(Tx tx, String digest) {
    tx.sql("delete from postal_code").run();
    tx.sql("delete from postal_file").run();
    tx.sql("insert into postal_file (digest) values (:digest)").bind("digest", digest).run();
    storeCountries(tx);
    file.ifPresent(given -> {
      try (var in = Files.newInputStream(given)) {
        store(tx, in);
      } catch (IOException e) {
        throw unreadable(given, e);
      }
    });
    try (var in = new GZIPInputStream(bundle())) {
      store(tx, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

  private static void store(Tx tx, InputStream in) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(in, UTF_8));
    var batch = new ArrayList<Line>();
    for (var text = lines.readLine(); text != null; text = lines.readLine()) {
      Line.read(text).ifPresent(batch::add);
      if (batch.size() == BATCH) {
        store(tx, batch);
        batch.clear();
      }
    }
    store(tx, batch);
  }

  /** The first of several places with one code stands for all. */
  private static void store(Tx tx, List<Line> batch) {
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
  }

  private static InputStream bundle() {
    return Objects.requireNonNull(
        PostalCodes.class.getResourceAsStream("/carillon/segments/postal-codes.txt.gz"));
  }

  private String digest() {
    var sha = sha256();
    file.ifPresent(given -> {
      try (var in = Files.newInputStream(given)) {
        digest(in, sha);
      } catch (IOException e) {
        throw unreadable(given, e);
      }
    });
    try (var in = bundle()) {
      digest(in, sha);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static void digest(InputStream in, MessageDigest sha) throws IOException {
    new DigestInputStream(in, sha).transferTo(OutputStream.nullOutputStream());
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
}
