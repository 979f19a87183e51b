package dev.percept.app.explain;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.BundleWriter;
import dev.percept.bundle.ConceptMaps;
import dev.percept.bundle.ConceptTree;
import dev.percept.bundle.Importances;
import dev.percept.bundle.StagedBundle;
import dev.percept.bundle.Timings;
import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.PerceptException;
import dev.percept.core.Progress;
import dev.percept.core.RectifiedStack;
import dev.percept.core.Run;
import dev.percept.core.SplitCheck;
import dev.percept.core.SplitModel;
import dev.percept.core.StackedModel;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.image.Crops;
import dev.percept.image.Pictures;
import dev.percept.methods.craft.Craft;
import dev.percept.methods.craft.CraftResult;
import dev.percept.methods.craft.Rectification;
import dev.percept.report.ReportPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From a model and pictures to a bundle with its page. */
public final class PictureExplainer {
  /** On how many pictures h(g(x)) is compared with f(x). */
  private static final int CHECKED = 8;

  /** Few, so that there is work for every thread. */
  private static final int CHECKED_AT_ONCE = 4;

  private final ExplainRequest request;
  private final Stopwatch stopwatch;
  private final Run run;
  private final List<String> notes = new ArrayList<>();

  private PictureExplainer(ExplainRequest request, Run run, Progress progress) {
    this.request = request;
    this.stopwatch = new Stopwatch(progress);
    this.run = run.withProgress(stopwatch);
  }

  /**
   * Explains, and writes what was found.
   *
   * @param progress watches the stages
   * @throws PerceptException if something named is missing or unfit
   */
  public static Explanation explain(ExplainRequest request, Run run, Progress progress) {
    return new PictureExplainer(request, run, progress).explain();
  }

  private Explanation explain() {
    BundleWriter.checkTarget(request.out());
    request.maps().check(request.extractor());
    NativeLibraries.preload();
    try (Opened opened = Opened.open(request.inputs(), run)) {
      OnnxSplitModel model = opened.model();
      notes.addAll(opened.notes());
      List<CroppedClass> classes = opened.classes().stream().map(this::crop).toList();
      SplitCheck check = check(model, classes);
      model.releaseWhole();
      TreeRequest tree = request.tree();
      // Opened before the work, so that what is missing is said at once.
      try (@Nullable DifferentiableSplitModel white = white(opened);
          @Nullable StackedModel stack = tree == null ? null : stack(model, tree)) {
        return write(opened, white, stack, classes, check);
      }
    }
  }

  /** The model with gradients, where a map needs them. */
  private @Nullable DifferentiableSplitModel white(Opened opened) {
    return request.maps().needsGradients()
        ? opened.explainedWithGradients(request.inputs().gradients())
        : null;
  }

  /** The model at earlier cuts, rectified at each where that was asked for. */
  private StackedModel stack(OnnxSplitModel model, TreeRequest tree) {
    StackedModel stack = TreeParts.open(model, tree);
    return request.inputs().rectify() ? new RectifiedStack(stack) : stack;
  }

  /** A class whose pictures have been read. */
  private record CroppedClass(Target target, Pictures pictures, Crops crops) {}

  private CroppedClass crop(ClassPictures source) {
    Pictures pictures = source.pictures();
    if (request.chooseConcepts() && pictures.size() < 2) {
      throw new PerceptException(
          "'--concepts auto' holds out pictures, and '"
              + source.target().label()
              + "' has "
              + pictures.size()
              + "; give a number of concepts");
    }
    return new CroppedClass(
        source.target(), pictures, source.crops(request.patch(), request.cropGrid()));
  }

  private SplitCheck check(OnnxSplitModel model, List<CroppedClass> classes) {
    int each = Math.max(1, CHECKED / classes.size());
    List<Supplier<Tensor>> pieces = new ArrayList<>();
    for (CroppedClass one : classes) {
      int n = Math.min(each, one.pictures().size());
      int step = Math.min(CHECKED_AT_ONCE, request.inputs().batch());
      for (int from = 0; from < n; from += step) {
        int first = from;
        pieces.add(() -> one.pictures().batch(first, Math.min(n, first + step)));
      }
    }
    boolean rectify = request.inputs().rectify();
    return CutChecks.prove(model, pieces, request.extractor(), rectify, "pictures", run);
  }

  /** What rectifying costs; null where nothing is rectified. */
  private @Nullable Rectification cost(Opened opened, CroppedClass one) {
    return request.inputs().rectify()
        ? Rectification.measure(
            opened.model(), one.pictures(), one.target(), request.inputs().batch(), run)
        : null;
  }

  private Explanation write(
      Opened opened,
      @Nullable DifferentiableSplitModel white,
      @Nullable StackedModel stack,
      List<CroppedClass> classes,
      SplitCheck check) {
    SplitModel model = opened.explained();
    ConceptMapper mapper =
        new ConceptMapper(model, white, request.maps(), request.inputs().batch(), run);
    Craft craft =
        new Craft(
            request.extractor(),
            request.importance(),
            Craft.Options.DEFAULT
                .withBatch(request.inputs().batch())
                .withChooseConcepts(request.chooseConcepts()));
    int side = classes.get(0).crops().box(0).width();
    BundleParts parts =
        new BundleParts(
            opened.model(),
            opened.labels(),
            check,
            "Crops of " + side + " px may not show it; try a larger --patch or more --concepts.",
            opened.model().cut());
    for (CroppedClass one : classes) {
      Crops crops = one.crops();
      CraftResult result =
          craft.explain(model, one.pictures(), crops, CropBoxes.of(crops), one.target(), run);
      List<ConceptMaps> maps =
          mapper.make(BundleParts.key(result), result, one.pictures(), parts.maps());
      TreeRequest tree = request.tree();
      ConceptTree grown =
          tree == null || stack == null
              ? null
              : parts.trees(result, one.pictures(), crops).tree(stack, request, tree, result, run);
      parts.add(
          result, new PictureInputs(one.pictures(), crops), maps, grown, cost(opened, one), null);
    }
    Bundle bundle = parts.bundle(run.seed(), settings(parts, side, classes));
    Importances importances = parts.importances();
    try (StagedBundle staged =
        BundleWriter.stage(
            request.out(),
            bundle,
            importances,
            parts.dictionary(),
            parts.codes(),
            parts.maps(),
            parts.files())) {
      ReportPage.write(staged.load(), request.names(), staged.folder().resolve("report.html"));
      run.throwIfCancelled();
      notes.addAll(request.names().strangers(bundle));
      Timings timings = stopwatch.timings();
      return new Explanation(staged.commit(timings), bundle, importances, timings, notes);
    }
  }

  private BundleSettings settings(BundleParts parts, int side, List<CroppedClass> classes) {
    Crops last = classes.get(classes.size() - 1).crops();
    return new BundleSettings(
        "pictures",
        request.options(parts.concepts(), side),
        request.inputs().normalization().name(),
        new Bundle.Crops(
            side, request.cropGrid().name().toLowerCase(Locale.ROOT), last.grid().size()),
        request.extractor().name(),
        request.versions());
  }
}
