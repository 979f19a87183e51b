package dev.percept.bundle;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import tools.jackson.core.JacksonException;

/** Writes and reads {@code class-comparison.json}; reading is strict. */
public final class ClassComparisonFile {
  /** Its usual name. */
  public static final String NAME = "class-comparison.json";

  private static final long MAX_BYTES = 64L << 20;
  private static final Set<String> ANSWERS = Set.of("yes", "no", "undecided");
  private static final Set<String> QUADRANTS =
      Set.of(
          "discriminating-used", "shared-used", "discriminating-unused", "negligible", "undecided");

  private ClassComparisonFile() {}

  /** The file's content, UTF-8. */
  public static byte[] bytes(ClassComparison comparison) {
    check(comparison);
    return Json.bytes(comparison);
  }

  /**
   * Reads a file.
   *
   * @throws PerceptException if it is missing, too large or not such a file
   */
  public static ClassComparison read(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw unfit(file, "it has " + size + " bytes (at most " + MAX_BYTES + " are read)");
      }
      ClassComparison comparison =
          Json.strict().readValue(Files.readAllBytes(file), ClassComparison.class);
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
            + " is no comparison of classes: "
            + why
            + "; make it again with 'percept compare-classes'");
  }

  private static void check(ClassComparison c) {
    require(
        c.schema().equals(ClassComparison.SCHEMA), "schema", ClassComparison.SCHEMA, c.schema());
    boolean pictures = c.modality().equals("pictures");
    require(
        pictures || c.modality().equals("texts"), "modality", "pictures or texts", c.modality());
    int classes = c.confusion().classes().size();
    require(classes >= 2, "confusion.classes", "at least 2", classes);
    require(
        c.confusion().counts().size() == classes, "confusion", classes + " rows", c.confusion());
    c.confusion()
        .counts()
        .forEach(
            row -> require(row.size() == classes + 1, "confusion", classes + 1 + " columns", row));
    require(!c.concepts().isEmpty(), "concepts", "at least 1", 0);
    for (ClassComparison.OfConcept k : c.concepts()) {
      for (String answer :
          new String[] {k.difference().differs(), k.a().used(), k.b().used(), k.overlaps()}) {
        require(ANSWERS.contains(answer), "concept " + k.id(), ANSWERS, answer);
      }
      for (String quadrant : new String[] {k.quadrant(), k.quadrantA(), k.quadrantB()}) {
        require(QUADRANTS.contains(quadrant), "concept " + k.id(), QUADRANTS, quadrant);
      }
      for (ClassComparison.Excerpt e : k.ofA()) {
        excerpt(pictures, e);
      }
      for (ClassComparison.Excerpt e : k.ofB()) {
        excerpt(pictures, e);
      }
    }
  }

  private static void excerpt(boolean picture, ClassComparison.Excerpt e) {
    require(
        !picture || e.content().matches("[A-Za-z0-9+/]*={0,2}"), "excerpt", "base64", e.source());
  }

  private static void require(boolean fits, String what, Object expected, Object found) {
    if (!fits) {
      throw new IllegalArgumentException(
          "comparison." + what + ": expected " + expected + ", found " + found);
    }
  }
}
