package dev.percept.bundle;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;

/** Reads and writes {@code evaluation.json}. */
public final class EvaluationFile {
  /** The file's name. */
  public static final String NAME = "evaluation.json";

  private EvaluationFile() {}

  /**
   * Writes {@code evaluation} beside {@code file} and renames it.
   *
   * @throws PerceptException if the disk does not take it; an older file then stands as before
   */
  public static void write(Evaluation evaluation, Path file) {
    try {
      AtomicFile.write(file, Json.bytes(evaluation));
    } catch (IOException e) {
      throw new PerceptException(
          "cannot write "
              + file
              + " ("
              + e
              + "); make room on the disk or choose a folder where you may write with -o",
          e);
    }
  }

  /**
   * Reads an evaluation.
   *
   * @throws PerceptException if the file is missing, damaged, of another version or contradicts
   *     itself
   */
  public static Evaluation read(Path file) {
    Evaluation found;
    try {
      found = Json.strict().readValue(Files.readAllBytes(file), Evaluation.class);
    } catch (NoSuchFileException e) {
      throw new PerceptException(
          "there is no file " + file + "; make one with percept evaluate", e);
    } catch (IOException e) {
      throw new PerceptException("cannot read " + file + " (" + e + ")", e);
    } catch (JacksonException e) {
      throw unfit(file, e.getOriginalMessage());
    }
    if (found.schema() != Evaluation.SCHEMA) {
      throw new PerceptException(
          file
              + " has the format "
              + found.schema()
              + ", read is "
              + Evaluation.SCHEMA
              + "; make it again with percept evaluate");
    }
    check(found, file);
    return found;
  }

  private static void check(Evaluation e, Path file) {
    if (e.metrics().isEmpty() || e.methods().isEmpty() || e.classes().isEmpty()) {
      throw unfit(file, "no metrics, methods or classes");
    }
    List<String> metrics = e.metrics().stream().map(Evaluation.Metric::name).toList();
    List<String> methods = e.methods().stream().map(Evaluation.Method::name).toList();
    for (Evaluation.Metric m : e.metrics()) {
      if (!m.better().equals("higher") && !m.better().equals("lower")) {
        throw unfit(file, "metric '" + m.name() + "' is better " + m.better());
      }
    }
    for (Evaluation.Method m : e.methods()) {
      if (m.cells().size() != metrics.size()) {
        throw unfit(file, "method '" + m.name() + "' has not one value a metric");
      }
    }
    for (Evaluation.Curve c : e.curves()) {
      List<String> of = c.lines().stream().map(Evaluation.Line::method).toList();
      if (!metrics.contains(c.metric()) || !of.equals(methods)) {
        throw unfit(file, "curves '" + c.metric() + "' are not those of the table");
      }
      int points = c.lines().get(0).values().size();
      for (Evaluation.Line line : c.lines()) {
        if (points < 2
            || line.values().size() != points
            || line.low().size() != points
            || line.high().size() != points) {
          throw unfit(file, "a curve of '" + line.method() + "' has not as many points as others");
        }
      }
    }
    for (Evaluation.Stage s : e.cascade()) {
      if (s.likeness().size() != methods.size()) {
        throw unfit(file, "stage '" + s.name() + "' has not one value a method");
      }
    }
  }

  private static PerceptException unfit(Path file, String why) {
    return new PerceptException(
        file + " is damaged (" + why + "); make it again with percept evaluate");
  }
}
