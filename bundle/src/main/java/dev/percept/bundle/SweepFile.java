package dev.percept.bundle;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/** Writes and reads what {@code percept sweep} leaves in its folder; reading is strict. */
public final class SweepFile {
  /** The result. */
  public static final String NAME = "sweep.json";

  /** The same as a table for a spreadsheet. */
  public static final String TABLE = "sweep.csv";

  /** The page. */
  public static final String PAGE = "sweep.html";

  /** The folder of points. */
  public static final String POINTS = "points";

  /** The folder of activations. */
  public static final String ACTIVATIONS = "activations";

  /** What the folder holds; it is known by a file that is there from the beginning. */
  public static final ResultFolder.Kind KIND =
      new ResultFolder.Kind(
          "sweep",
          POINTS + "/README.txt",
          Pattern.compile(
              "(sweep\\.(json|csv|html)|points/README\\.txt|points/[0-9a-f]{24}\\.json"
                  + "|activations/[0-9a-f]{24}\\.safetensors)(\\.part)?"));

  private static final long MAX_BYTES = 64L << 20;

  private SweepFile() {}

  /** The file's content, UTF-8. */
  public static byte[] bytes(Sweep sweep) {
    check(sweep);
    return Json.bytes(sweep);
  }

  /** The content of a point's file. */
  public static byte[] bytes(Sweep.Stored stored) {
    return Json.bytes(stored);
  }

  /**
   * Reads {@code sweep.json}.
   *
   * @throws PerceptException if it is missing, too large or not such a file
   */
  public static Sweep read(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw unfit(file, "it has " + size + " bytes (at most " + MAX_BYTES + " are read)");
      }
      Sweep sweep = Json.strict().readValue(Files.readAllBytes(file), Sweep.class);
      Complete.check("sweep", sweep);
      check(sweep);
      return sweep;
    } catch (IOException e) {
      throw unfit(file, "it cannot be read (" + e.getMessage() + ")");
    } catch (JacksonException e) {
      throw unfit(file, e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw unfit(file, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads the file of a point; empty where there is none, where it is damaged, or where it holds
   * another point: it is then measured again.
   */
  public static Optional<Sweep.Stored> point(Path file, String key) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      Sweep.Stored stored = Json.strict().readValue(Files.readAllBytes(file), Sweep.Stored.class);
      Complete.check("point", stored);
      return stored.schema().equals(Sweep.SCHEMA) && stored.key().equals(key)
          ? Optional.of(stored)
          : Optional.empty();
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The table: one line a point, one column for each of value, low, high and chance. */
  public static String table(Sweep sweep) {
    StringBuilder text =
        new StringBuilder(
            "model,layer,pictures,patch,concepts,crops,figure,value,low,high,chance\n");
    for (Sweep.Side side : sweep.sides()) {
      for (Sweep.Point point : side.points()) {
        for (String name : Sweep.FIGURES) {
          Sweep.Value v = point.figures().get(name);
          if (v != null) {
            text.append(quoted(side.model()))
                .append(',')
                .append(quoted(point.layer()))
                .append(
                    String.format(
                        Locale.ROOT,
                        ",%d,%d,%d,%d,%s,%s,%s,%s,%s%n",
                        point.pictures(),
                        point.patch(),
                        point.concepts(),
                        point.crops(),
                        name,
                        cell(v.value()),
                        cell(v.low()),
                        cell(v.high()),
                        cell(v.chance())));
          }
        }
      }
    }
    return text.toString().replace("\r\n", "\n");
  }

  private static String cell(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }

  /** A name with a sign in front that a spreadsheet would take for a formula is quoted as text. */
  private static String quoted(String text) {
    String safe = text.matches("^[=+@\\-].*") ? "'" + text : text;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }

  private static void check(Sweep sweep) {
    require(sweep.schema().equals(Sweep.SCHEMA), "schema", Sweep.SCHEMA, sweep.schema());
    require(!sweep.sides().isEmpty(), "sides", "at least 1", 0);
    for (Sweep.Side side : sweep.sides()) {
      require(!side.points().isEmpty(), "points", "at least 1", 0);
      require(side.width() > 0 && side.height() > 0, "input", "more than 0", side.width());
      for (Sweep.Point point : side.points()) {
        require(point.patch() > 0 && point.concepts() > 0, "point", "more than 0", point);
        for (String name : point.figures().keySet()) {
          require(Sweep.FIGURES.contains(name), "figures", Sweep.FIGURES, name);
        }
      }
    }
  }

  private static void require(boolean fits, String what, Object expected, Object found) {
    if (!fits) {
      throw new IllegalArgumentException(
          "sweep." + what + ": expected " + expected + ", found " + found);
    }
  }

  private static PerceptException unfit(Path file, String why) {
    return new PerceptException(
        file + " is no sweep: " + why + "; make it again with 'percept sweep'");
  }
}
