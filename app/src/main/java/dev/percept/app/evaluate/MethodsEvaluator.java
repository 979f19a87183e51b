package dev.percept.app.evaluate;

import dev.percept.app.explain.ClassPictures;
import dev.percept.app.explain.Opened;
import dev.percept.bundle.Evaluation;
import dev.percept.bundle.EvaluationFile;
import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Tensor;
import dev.percept.image.PictureReader;
import dev.percept.methods.attribution.AttributionMethod;
import dev.percept.methods.attribution.AttributionSettings;
import dev.percept.methods.metric.attribution.Column;
import dev.percept.methods.metric.attribution.Contestant;
import dev.percept.methods.metric.attribution.Evaluated;
import dev.percept.methods.metric.attribution.EvaluatedClass;
import dev.percept.methods.metric.attribution.Evaluator;
import dev.percept.methods.metric.attribution.RandomMap;
import dev.percept.methods.score.LogitScore;
import dev.percept.methods.score.ProbabilityScore;
import dev.percept.report.EvaluationPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates attribution methods and writes what came out. */
public final class MethodsEvaluator {
  /** The page's name. */
  public static final String PAGE = "evaluation.html";

  /** Random values a side of the smooth random map. */
  private static final int CELLS = 7;

  private MethodsEvaluator() {}

  /**
   * Measures, writes {@code evaluation.json} and draws the page from it.
   *
   * @throws PerceptException if something named is missing or unfit, or the folder cannot be
   *     written
   */
  public static Evaluation evaluate(EvaluateRequest request, Run run) {
    boolean needsMasks = request.metrics().stream().anyMatch(MetricChoice::needsMasks);
    if (needsMasks && request.masks() == null) {
      String first =
          request.metrics().stream()
              .filter(MetricChoice::needsMasks)
              .findFirst()
              .orElseThrow()
              .toString();
      throw new PerceptException(
          "metric '"
              + first
              + "' asks where the thing is; give masks of the pictures with --masks");
    }
    prepare(request.out());
    boolean gradients = request.methods().stream().anyMatch(m -> !m.isBlackBox());
    boolean randomised = request.metrics().contains(MetricChoice.MODEL_RANDOMISATION);
    try (Opened opened = Opened.open(request.inputs(), run);
        Engines engines = new Engines(opened, request.inputs(), gradients, randomised, run)) {
      List<Column> columns =
          request.metrics().stream().flatMap(m -> m.columns(request.measure()).stream()).toList();
      Evaluator evaluator = new Evaluator(columns, request.inputs().batch(), request.reruns());
      List<EvaluatedClass> classes =
          classes(opened, needsMasks ? request.masks() : null, request, run);
      List<Evaluated> results = evaluator.evaluate(contestants(request, engines), classes, run);
      Evaluation evaluation =
          new EvaluationParts(request, opened, engines.stages(), columns, run).of(results);
      Path file = request.out().resolve(EvaluationFile.NAME);
      EvaluationFile.write(evaluation, file);
      Evaluation written = EvaluationFile.read(file);
      EvaluationPage.write(written, request.out().resolve(PAGE));
      return written;
    }
  }

  private static void prepare(Path out) {
    try {
      if (Files.exists(out) && !Files.isDirectory(out)) {
        throw new PerceptException(out + " is a file; choose a folder with -o");
      }
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new PerceptException(
          "cannot make the folder " + out + " (" + e.getMessage() + "); choose another with -o", e);
    }
  }

  private static List<EvaluatedClass> classes(
      Opened opened, @Nullable Path masks, EvaluateRequest request, Run run) {
    MaskFolder folder =
        masks == null
            ? null
            : new MaskFolder(masks, new PictureReader(request.inputs().maxPixels()));
    List<EvaluatedClass> classes = new ArrayList<>();
    for (ClassPictures c : opened.classes()) {
      MaskFolder.Source source = folder == null ? null : folder.of(c.pictures(), run);
      classes.add(
          new EvaluatedClass(
              c.target(),
              opened.model().outputs(),
              c.pictures(),
              new LogitScore(opened.model(), c.target()),
              new ProbabilityScore(opened.model(), c.target()),
              source == null ? null : source::masks));
    }
    return classes;
  }

  private static List<Contestant> contestants(EvaluateRequest request, Engines engines) {
    List<Contestant> all = new ArrayList<>();
    for (AttributionMethod<?> method : request.methods()) {
      boolean box = method.isBlackBox();
      all.add(
          new Contestant(
              adapt(method, request.settings()),
              false,
              engines.logit(box),
              engines.randomised(box)));
    }
    for (RandomMap random : List.of(new RandomMap(CELLS), new RandomMap(0))) {
      all.add(new Contestant(random, true, engines.logit(true), engines.randomised(true)));
    }
    return all;
  }

  /** A method that finds out for itself what it can ask of a score. */
  private static Attributor<Score> adapt(
      AttributionMethod<?> method, AttributionSettings settings) {
    return new Attributor<>() {
      @Override
      public String name() {
        return method.name();
      }

      @Override
      public Attribution attribute(Score score, Tensor inputs, Run run) {
        return method.attribute(score, inputs, settings, run);
      }
    };
  }
}
