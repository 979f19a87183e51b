package dev.percept.app.attribute;

import dev.percept.app.explain.ClassPictures;
import dev.percept.app.explain.Jpeg;
import dev.percept.app.explain.Opened;
import dev.percept.bundle.AttributionFolder;
import dev.percept.bundle.AttributionMaps;
import dev.percept.bundle.ResultFolder;
import dev.percept.core.Attribution;
import dev.percept.core.Labels;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.TorchSplitModel;
import dev.percept.image.Pictures;
import dev.percept.methods.attribution.AttributionMethod;
import dev.percept.methods.attribution.AttributionSettings;
import dev.percept.methods.score.DifferentiableLogitScore;
import dev.percept.methods.score.LogitScore;
import dev.percept.report.AttributionPage;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs attribution methods on pictures and writes a folder: {@code attribution.json}, the maps, the
 * pictures and a page. Methods that only ask for scores run in ONNX Runtime; libtorch is loaded
 * only if another one is among them.
 */
public final class PictureAttribution {
  private final AttributeRequest request;
  private final Opened opened;
  private final Run run;
  private final List<AttributionMaps.Picture> pictures = new ArrayList<>();
  private final List<byte[]> views = new ArrayList<>();
  private final List<OneClass> classes = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private PictureAttribution(AttributeRequest request, Opened opened, Run run) {
    this.request = request;
    this.opened = opened;
    this.run = run;
  }

  private record OneClass(Target target, Tensor inputs) {}

  /** What one method has found in all pictures. */
  private record Found(AttributionMaps.Method method, Tensor maps) {}

  /**
   * Attributes and writes.
   *
   * @return what was written, from the folder in its place
   * @throws PerceptException if something named is missing or unfit; nothing is written then
   */
  public static AttributionFolder write(AttributeRequest request, Run run) {
    ResultFolder.checkTarget(request.out(), AttributionFolder.KIND);
    try (Opened opened = Opened.open(request.inputs(), run)) {
      return new PictureAttribution(request, opened, run).write();
    }
  }

  private AttributionFolder write() {
    notes.addAll(opened.notes());
    for (ClassPictures source : opened.classes()) {
      look(source);
    }
    Map<String, Tensor> maps = new LinkedHashMap<>();
    List<AttributionMaps.Method> methods = new ArrayList<>();
    TorchSplitModel gradients = needsGradients() ? gradients() : null;
    try {
      for (AttributionMethod<?> method : request.methods()) {
        Found found = attribute(method, gradients);
        methods.add(found.method());
        maps.put(method.name(), found.maps());
      }
    } finally {
      if (gradients != null) {
        gradients.close();
      }
    }
    AttributionMaps result =
        new AttributionMaps(
            AttributionMaps.SCHEMA,
            opened.model().info().file(),
            opened.model().info().sha256(),
            opened.model().info().layer(),
            run.seed(),
            request.options(),
            request.versions(),
            pictures,
            methods,
            notes);
    try (ResultFolder folder = ResultFolder.stage(request.out(), AttributionFolder.KIND)) {
      folder.json(AttributionFolder.KIND.marker(), result);
      folder.tensors(AttributionFolder.MAPS, maps);
      for (int i = 0; i < views.size(); i++) {
        folder.bytes(pictures.get(i).file(), views.get(i));
      }
      folder.bytes(
          AttributionFolder.PAGE, AttributionPage.render(AttributionFolder.read(folder.folder())));
      return AttributionFolder.read(folder.commit());
    }
  }

  private boolean needsGradients() {
    return request.methods().stream().anyMatch(m -> !m.isBlackBox());
  }

  private TorchSplitModel gradients() {
    // One call at a time, so the threads of the run go into its operations.
    TorchSplitModel model =
        opened.withGradients(request.inputs().gradients().withThreads(run.threads()));
    boolean looksAtCut = request.methods().stream().anyMatch(m -> m.name().startsWith("grad-cam"));
    if (looksAtCut && !model.grid().isSpatial()) {
      model.close();
      throw new PerceptException(
          "grad-cam needs a layer with places, and '"
              + opened.model().info().layer()
              + "' is one vector; choose an earlier one with --layer ('percept inspect' lists"
              + " them)");
    }
    return model;
  }

  /** Reads the pictures of a class and asks the model for its answers. */
  private void look(ClassPictures source) {
    Pictures found = source.pictures();
    found.skipped().forEach(s -> notes.add("Left out: " + s));
    int n = found.size();
    Tensor inputs = found.batch(0, n);
    classes.add(new OneClass(source.target(), inputs));
    Tensor logits = opened.model().logits(inputs);
    if (!logits.isFinite()) {
      throw new PerceptException(
          "'"
              + opened.model().info().file()
              + "' answers some of these pictures with logits that are no finite numbers: its"
              + " weights are damaged or the preprocessing is far off; let 'percept check' find"
              + " the preprocessing");
    }
    Labels labels = opened.labels();
    for (int i = 0; i < n; i++) {
      int top = 0;
      for (int c = 1; c < logits.shape().dim(1); c++) {
        top = logits.get(i, c) > logits.get(i, top) ? c : top;
      }
      pictures.add(
          new AttributionMaps.Picture(
              found.name(i),
              String.format("pictures/%04d.jpg", pictures.size()),
              source.target().index(),
              source.target().label(),
              logits.get(i, source.target().index()),
              top,
              labels.name(top)));
      views.add(Jpeg.encode(found.view(i)));
    }
  }

  private Found attribute(AttributionMethod<?> method, @Nullable TorchSplitModel gradients) {
    Function<Target, Score> score =
        method.isBlackBox()
            ? target -> new LogitScore(opened.model(), target)
            : target -> new DifferentiableLogitScore(Objects.requireNonNull(gradients), target);
    int side = opened.model().inputShape().dim(1);
    AttributionSettings settings = request.settings().withBaseline(request.baseline().of(side));
    List<Attribution> parts = new ArrayList<>();
    long begin = System.nanoTime();
    for (OneClass one : classes) {
      parts.add(method.attribute(score.apply(one.target()), one.inputs(), settings, run));
    }
    double seconds = (System.nanoTime() - begin) * 1e-9 / pictures.size();
    Attribution first = parts.get(0);
    List<AttributionMaps.Gap> gaps = null;
    if (first.gaps() != null) {
      gaps = new ArrayList<>();
      for (Attribution part : parts) {
        for (Attribution.Gap gap : Objects.requireNonNull(part.gaps())) {
          gaps.add(new AttributionMaps.Gap(gap.sum(), gap.expected()));
        }
      }
    }
    return new Found(
        new AttributionMaps.Method(
            method.name(),
            method.about(),
            first.settings(),
            first.baseline(),
            !method.isBlackBox(),
            first.signed(),
            first.forwards(),
            first.backwards(),
            seconds,
            gaps),
        joined(parts));
  }

  private Tensor joined(List<Attribution> parts) {
    Shape each = parts.get(0).values().shape().example();
    FloatBuffer all = FloatBuffer.allocate(pictures.size() * each.size());
    parts.forEach(part -> all.put(part.values().buffer()));
    return Tensor.wrap(each.batch(pictures.size()), all.flip());
  }

  /** The page of a folder. */
  public static Path page(Path folder) {
    return folder.resolve(AttributionFolder.PAGE);
  }
}
