package dev.percept.app.explain;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.BundleWriter;
import dev.percept.bundle.ClassTexts;
import dev.percept.bundle.Importances;
import dev.percept.bundle.StagedBundle;
import dev.percept.bundle.Timings;
import dev.percept.core.DifferentiableTextModel;
import dev.percept.core.PerceptException;
import dev.percept.core.Progress;
import dev.percept.core.RectifiedModel;
import dev.percept.core.Run;
import dev.percept.core.SplitCheck;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import dev.percept.engine.onnx.OnnxTextModel;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.TorchTextModel;
import dev.percept.methods.craft.Craft;
import dev.percept.methods.craft.CraftResult;
import dev.percept.methods.craft.Rectification;
import dev.percept.methods.factorization.KMeans;
import dev.percept.report.ReportPage;
import dev.percept.text.Tokenizer;
import dev.percept.text.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From a model and texts to a bundle with its page. */
public final class TextExplainer {
  /** On how many texts h(g(x)) is compared with f(x). */
  private static final int CHECKED = 16;

  private static final int CHECKED_AT_ONCE = 4;

  private final TextRequest request;
  private final Stopwatch stopwatch;
  private final Run run;
  private final List<String> notes = new ArrayList<>();

  private TextExplainer(TextRequest request, Run run, Progress progress) {
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
  public static Explanation explain(TextRequest request, Run run, Progress progress) {
    return new TextExplainer(request, run, progress).explain();
  }

  private Explanation explain() {
    BundleWriter.checkTarget(request.out());
    boolean gradients = request.ways().contains(WordWay.GRADIENT);
    if (gradients && request.extractor() instanceof KMeans) {
      throw new PerceptException(
          "--words gradient needs the gradient of a code, and k-means has none: it chooses the"
              + " nearest concept; leave gradient out or take another --extractor");
    }
    NativeLibraries.preload();
    try (OpenedTexts opened = OpenedTexts.open(request.inputs(), request.language(), run)) {
      notes.addAll(opened.notes());
      OnnxTextModel model = opened.model();
      SplitCheck check = check(opened);
      model.releaseWhole();
      try (@Nullable TorchTextModel white = gradients ? white(model) : null) {
        return write(opened, white, check);
      }
    }
  }

  private TorchTextModel white(OnnxTextModel model) {
    return TorchEngine.openText(model.cuts(), model.info().layer(), request.inputs().gradients());
  }

  private SplitCheck check(OpenedTexts opened) {
    int each = Math.max(1, CHECKED / opened.classes().size());
    List<Supplier<Tensor>> pieces = new ArrayList<>();
    for (OpenedTexts.OfClass one : opened.classes()) {
      int n = one.texts().size();
      int step = Math.min(CHECKED_AT_ONCE, request.inputs().batch());
      // From short ones to long ones: padding stands between, and must not matter.
      for (int from = 0; from < Math.min(each, n); from += step) {
        int first = (int) ((long) from * (n - 1) / Math.max(1, Math.min(each, n)));
        pieces.add(() -> one.texts().batch(first, Math.min(n, first + step)));
      }
    }
    return CutChecks.prove(
        opened.model(), pieces, request.extractor(), request.inputs().rectify(), "texts", run);
  }

  /** What rectifying costs; null where nothing is rectified. */
  private @Nullable Rectification cost(OpenedTexts opened, OpenedTexts.OfClass one) {
    return request.inputs().rectify()
        ? Rectification.measure(
            opened.model(), one.texts(), one.target(), request.inputs().batch(), run)
        : null;
  }

  private @Nullable DifferentiableTextModel explained(@Nullable TorchTextModel white) {
    return white != null && request.inputs().rectify() ? RectifiedModel.of(white) : white;
  }

  private Explanation write(OpenedTexts opened, @Nullable TorchTextModel white, SplitCheck check) {
    TextModel model =
        request.inputs().rectify() ? RectifiedModel.of(opened.model()) : opened.model();
    Tokenizer tokenizer = opened.tokenizer().tokenizer();
    Craft craft =
        new Craft(
            request.extractor(),
            request.importance(),
            Craft.Options.DEFAULT
                .withBatch(request.inputs().batch())
                .withChooseConcepts(request.chooseConcepts()));
    WordValues values =
        new WordValues(
            model,
            explained(white),
            tokenizer,
            Unit.WORD.splitter(request.language(), tokenizer),
            Unit.CLAUSE.splitter(request.language(), tokenizer),
            request.inputs().batch(),
            run);
    TextParts words = new TextParts(request, model, tokenizer, values);
    BundleParts parts =
        new BundleParts(
            opened.model(),
            opened.labels(),
            check,
            "Longer --units, or more --concepts, may show it.",
            null);
    int units = 0;
    int texts = 0;
    for (OpenedTexts.OfClass one : opened.classes()) {
      TextUnits of = TextUnits.of(one, request.unit().splitter(request.language(), tokenizer));
      if (of.parts() < 2) {
        throw new PerceptException(
            "the texts of '"
                + one.target().label()
                + "' have fewer than two "
                + request.unit()
                + "s with a token in them; give more texts, or finer --units");
      }
      CraftResult result =
          craft.explain(
              model, one.texts(), of.units(), CropBoxes.of(of.units()), one.target(), run);
      ClassTexts found = words.of(result, of, opened.corpus(), parts.maps());
      if (found.truncated() > 0) {
        notes.add(
            found.truncated()
                + " of "
                + one.rows().size()
                + " texts of '"
                + one.target().label()
                + "' are longer than the "
                + found.maxTokens()
                + " tokens that the model takes; their ends are left off");
      }
      parts.add(result, of, List.of(), null, cost(opened, one), found);
      units += of.parts();
      texts += one.rows().size();
    }
    Bundle bundle = parts.bundle(run.seed(), settings(parts, opened, units / texts));
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

  private BundleSettings settings(BundleParts parts, OpenedTexts opened, int perText) {
    return new BundleSettings(
        "texts",
        request.options(parts.concepts()),
        opened.tokenizer().kind() + " " + opened.tokenizer().file(),
        TextParts.crops(request, Math.max(1, perText)),
        request.extractor().name(),
        request.versions());
  }
}
