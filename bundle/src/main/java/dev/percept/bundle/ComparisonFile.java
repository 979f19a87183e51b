package dev.percept.bundle;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;

/** Writes and reads {@code importance-comparison.json}; reading is strict. */
public final class ComparisonFile {
  /** Its usual name. */
  public static final String NAME = "importance-comparison.json";

  private static final long MAX_BYTES = 64L << 20;

  private ComparisonFile() {}

  /** The file's content, UTF-8. */
  public static byte[] bytes(Comparison comparison) {
    check(comparison);
    return Json.bytes(comparison);
  }

  /**
   * Reads a file.
   *
   * @throws PerceptException if it is missing, too large or not such a file
   */
  public static Comparison read(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw unfit(file, "it has " + size + " bytes (at most " + MAX_BYTES + " are read)");
      }
      Comparison comparison = Json.strict().readValue(Files.readAllBytes(file), Comparison.class);
      Complete.check("comparison", comparison);
      check(comparison);
      return comparison;
    } catch (IOException e) {
      throw unfit(file, "it cannot be read (" + e.getMessage() + ")");
    } catch (JacksonException e) {
      throw unfit(file, e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw unfit(file, String.valueOf(e.getMessage()));
    }
  }

  private static PerceptException unfit(Path file, String why) {
    return new PerceptException(
        file
            + " is no comparison of importances: "
            + why
            + "; make it again with 'percept importance'");
  }

  private static void check(Comparison c) {
    require(c.schema().equals(Comparison.SCHEMA), "schema", Comparison.SCHEMA, c.schema());
    int r = c.concepts().size();
    int count = c.estimators().size();
    require(r >= 2, "concepts", "at least 2", r);
    require(count >= 1, "estimators", "at least 1", count);
    List<Integer> ids = c.concepts().stream().map(Comparison.ConceptPart::id).toList();
    for (Comparison.ConceptPart concept : c.concepts()) {
      require(concept.crop().matches("[A-Za-z0-9+/]*={0,2}"), "crop", "base64", concept.id());
    }
    for (Comparison.Estimator e : c.estimators()) {
      List<Integer> found = e.values().stream().map(Comparison.OfConcept::id).toList();
      require(found.equals(ids), e.name() + ".values", "concepts " + ids, found);
      marks(e.name(), e.marks(), r);
    }
    marks("random", c.random(), r);
    require(c.agreement().size() == count, "agreement", count + " rows", c.agreement().size());
    for (List<Double> row : c.agreement()) {
      require(row.size() == count, "agreement", count + " columns", row.size());
    }
  }

  private static void marks(String name, Comparison.Marks marks, int r) {
    int steps = r + 1;
    require(
        marks.deletionCurve().size() == steps && marks.insertionCurve().size() == steps,
        name + ".curves",
        steps + " values",
        marks.deletionCurve().size() + " and " + marks.insertionCurve().size());
  }

  private static void require(boolean fits, String what, Object expected, Object found) {
    if (!fits) {
      throw new IllegalArgumentException(
          "comparison." + what + ": expected " + expected + ", found " + found);
    }
  }
}
