package dev.percept.app.importance;

import dev.percept.app.explain.ClassPictures;
import dev.percept.app.explain.CropBoxes;
import dev.percept.app.explain.CutChecks;
import dev.percept.app.explain.Opened;
import dev.percept.app.explain.OutputFolder;
import dev.percept.app.explain.RectificationCost;
import dev.percept.bundle.Comparison;
import dev.percept.bundle.ComparisonFile;
import dev.percept.core.Importance;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.SplitCheck;
import dev.percept.core.SplitModel;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.image.Crops;
import dev.percept.image.Pictures;
import dev.percept.methods.compare.ImportanceComparison;
import dev.percept.methods.craft.CodeScore;
import dev.percept.methods.craft.Craft;
import dev.percept.methods.craft.DifferentiableCodeScore;
import dev.percept.methods.importance.AutoImportance;
import dev.percept.methods.importance.IntegratedGradientsImportance;
import dev.percept.methods.map.CropBox;
import dev.percept.report.ComparisonPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds concepts once, asks every estimator about them, and writes how well each fits. */
public final class ImportanceComparer {
  /** The page's name. */
  public static final String PAGE = "importance.html";

  private static final int CHECKED = 4;

  private final ComparisonRequest request;
  private final Run run;
  private final List<String> notes = new ArrayList<>();
  private final List<Comparison.Missing> missing = new ArrayList<>();

  private ImportanceComparer(ComparisonRequest request, Run run) {
    this.request = request;
    this.run = run;
  }

  /**
   * What was written.
   *
   * @param notes about the choice of pictures
   */
  public record Written(Comparison comparison, Path page, List<String> notes) {
    public Written {
      notes = List.copyOf(notes);
    }
  }

  /**
   * Compares, and writes {@code importance-comparison.json} and its page.
   *
   * @throws PerceptException if something named is missing or unfit, or no estimator can run
   */
  public static Written compare(ComparisonRequest request, Run run) {
    return new ImportanceComparer(request, run).compare();
  }

  private Written compare() {
    OutputFolder out = OutputFolder.of(request.out());
    try (Opened opened = Opened.open(request.inputs(), run)) {
      ClassPictures one = only(opened.classes());
      Crops crops = one.crops(request.patch(), request.cropGrid());
      check(opened.model(), one.pictures());
      Comparison comparison = comparison(opened, one, crops);
      run.throwIfCancelled();
      Path json = out.write(ComparisonFile.NAME, ComparisonFile.bytes(comparison));
      Comparison written = ComparisonFile.read(json);
      Path page = out.resolve(PAGE);
      ComparisonPage.write(written, page);
      List<String> said = new ArrayList<>(opened.notes());
      one.pictures().skipped().forEach(s -> said.add("left out: " + s));
      return new Written(written, page, said);
    }
  }

  private static ClassPictures only(List<ClassPictures> classes) {
    if (classes.size() != 1) {
      throw new PerceptException(
          "estimators are compared on one class, and these are "
              + classes.size()
              + "; name one with -c");
    }
    return classes.get(0);
  }

  private static void check(OnnxSplitModel model, Pictures pictures) {
    SplitCheck check = model.check(pictures.batch(0, Math.min(CHECKED, pictures.size())));
    CutChecks.require(check, model.info());
    model.releaseWhole();
  }

  private Comparison comparison(Opened opened, ClassPictures one, Crops crops) {
    SplitModel model = opened.explained();
    if (request.inputs().rectify()) {
      notes.add(RectificationCost.sentence(opened, one, request.inputs().batch(), run));
    }
    Timed.Watched sobol = new Timed.Watched(request.sobol());
    Craft craft =
        new Craft(
            request.extractor(),
            new AutoImportance(sobol),
            Craft.Options.DEFAULT.withBatch(request.inputs().batch()));
    List<CropBox> boxes = CropBoxes.of(crops);
    Craft.Concepts concepts = craft.find(model, one.pictures(), crops, boxes, one.target(), run);
    if (concepts.bank().concepts() < 2) {
      throw new PerceptException(
          "one concept has no order to compare; ask for more with --concepts");
    }
    boolean affine = concepts.contributions() != null;
    List<CodeScore> plain = concepts.scores(model, one.target());
    List<Timed> found;
    try (Gradients gradients = gradients(opened)) {
      List<DifferentiableCodeScore> smooth = gradients.scores(concepts, plain, one.target());
      found = new ArrayList<>();
      for (Contender contender : request.contenders()) {
        Timed timed =
            switch (kind(contender)) {
              case RANKING -> affine ? null : ranking(concepts.importance(), sobol);
              case BLACK, WHITE -> null;
            };
        timed = timed == null ? run(contender, plain, smooth, gradients) : timed;
        if (timed != null) {
          found.add(timed);
        }
      }
    }
    if (found.isEmpty()) {
      throw new PerceptException("none of these estimators can run: " + missing.get(0).why());
    }
    ImportanceComparison marks =
        ImportanceComparison.measure(
            found.stream().map(Timed::importance).toList(),
            concepts.logits(model, one.target(), run),
            one.target().index(),
            ImportanceComparison.Options.DEFAULT,
            run);
    return new ComparisonParts(request, opened, one, crops, concepts)
        .comparison(found, marks, missing, notes, run);
  }

  private enum Kind {
    RANKING,
    BLACK,
    WHITE
  }

  private static Kind kind(Contender contender) {
    if (contender instanceof Contender.WhiteBox) {
      return Kind.WHITE;
    }
    return contender.name().equals(AutoImportance.defaults().name()) ? Kind.RANKING : Kind.BLACK;
  }

  /** The ranking of the concepts was sampled by this very estimator: not twice. */
  private static Timed ranking(Importance importance, Timed.Watched sobol) {
    return new Timed(importance, false, sobol.seconds());
  }

  private Gradients gradients(Opened opened) {
    boolean asked = request.contenders().stream().anyMatch(c -> kind(c) == Kind.WHITE);
    return asked ? Gradients.open(opened, request.inputs()) : Gradients.none();
  }

  private @Nullable Timed run(
      Contender contender,
      List<CodeScore> plain,
      @Nullable List<DifferentiableCodeScore> smooth,
      Gradients gradients) {
    if (contender instanceof Contender.BlackBox black) {
      Timed timed = Timed.of(black.estimator(), plain, false, run);
      if (!timed.importance().settled()) {
        notes.add(unsettled());
      }
      return timed;
    }
    if (contender instanceof Contender.WhiteBox white && smooth != null) {
      return white.estimator() instanceof IntegratedGradientsImportance integrated
          ? withGap(integrated, smooth)
          : Timed.of(white.estimator(), smooth, true, run);
    }
    missing.add(new Comparison.Missing(contender.name(), gradients.missing()));
    return null;
  }

  private static String unsettled() {
    return "The order by sampled Sobol indices was not settled when the budget of masks was spent.";
  }

  /** Importance by Integrated Gradients; how far it is from complete goes into the notes. */
  private Timed withGap(
      IntegratedGradientsImportance integrated, List<DifferentiableCodeScore> scores) {
    Timed timed = Timed.of(integrated, scores, true, run);
    double mean =
        integrated.gaps(timed.importance(), scores, run).stream()
            .mapToDouble(g -> g.relative())
            .average()
            .orElse(0);
    String percent =
        mean < 1e-5 ? "less than 0.001" : String.format(Locale.ROOT, "%.3f", 100 * mean);
    notes.add(
        "Integrated Gradients add up to the score that all concepts give; they miss it by "
            + percent
            + " % on average ("
            + integrated.steps()
            + " steps).");
    return timed;
  }
}
