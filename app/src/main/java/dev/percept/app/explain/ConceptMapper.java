package dev.percept.app.explain;

import dev.percept.bundle.ConceptMaps;
import dev.percept.core.Attribution;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.Examples;
import dev.percept.core.Grid;
import dev.percept.core.PerceptException;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import dev.percept.methods.attribution.AttributionMethod;
import dev.percept.methods.attribution.AttributionSettings;
import dev.percept.methods.craft.CraftResult;
import dev.percept.methods.craft.ShownPicture;
import dev.percept.methods.factorization.AtomBank;
import dev.percept.methods.score.ConceptScores;
import dev.percept.methods.score.DifferentiableConceptScore;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes maps of the concepts of a class by attribution methods, on some of its shown pictures. */
public final class ConceptMapper {
  /** More cells than this a side would only make the bundle large; a page shows fewer. */
  private static final int CELLS = 56;

  private final SplitModel model;
  private final @Nullable DifferentiableSplitModel white;
  private final MapRequest request;
  private final AttributionSettings settings;
  private final Run run;

  /**
   * @param white the same model with gradients; null where no method needs them
   */
  public ConceptMapper(
      SplitModel model,
      @Nullable DifferentiableSplitModel white,
      MapRequest request,
      int batch,
      Run run) {
    this.model = model;
    this.white = white;
    this.request = request;
    this.settings = AttributionSettings.defaults().withBatch(batch);
    this.run = run;
  }

  /**
   * Maps of every concept of a class.
   *
   * @param key of the class
   * @param tensors receives them, pictures x concepts x rows x columns
   */
  List<ConceptMaps> make(
      String key, CraftResult result, Examples pictures, Map<String, Tensor> tensors) {
    List<ConceptMaps> all = new ArrayList<>();
    if (request.methods().isEmpty()) {
      return all;
    }
    List<Integer> rows = rows(result.shown());
    Tensor inputs = inputs(pictures, rows);
    for (AttributionMethod<?> method : request.chosen()) {
      List<? extends Score> scores = scores(method, result.bank());
      Attribution[] found = attribute(method, scores, inputs);
      Attribution first = found[0];
      Tensor maps = cells(found, rows.size());
      tensors.put(key + "/" + method.name(), maps);
      all.add(
          new ConceptMaps(
              method.name(),
              method.about(),
              first.settings(),
              first.baseline(),
              first.signed(),
              maps.shape().dim(2),
              maps.shape().dim(3),
              first.forwards(),
              first.backwards(),
              method.isBlackBox() ? null : dependent(scores),
              rows));
    }
    return all;
  }

  /**
   * Maps as fine as a method makes them.
   *
   * @param maps pictures x places x concepts, channels averaged with their signs
   * @param grid the places
   * @param sizes the same of the sizes of values; null where they have no signs
   */
  public record Fine(Tensor maps, Grid grid, @Nullable Tensor sizes) {}

  /**
   * Maps of all concepts of a bank by one method.
   *
   * @param inputs n pictures
   * @throws PerceptException if the method needs gradients and there are none
   */
  public Fine fine(AttributionMethod<?> method, AtomBank bank, Tensor inputs) {
    Attribution[] found = attribute(method, scores(method, bank), inputs);
    Shape size = found[0].places().shape();
    boolean signed = found[0].signed();
    return new Fine(
        byPlace(found, false),
        new Grid(size.dim(1), size.dim(2)),
        signed ? byPlace(found, true) : null);
  }

  /** Means over channels of values or of their sizes, pictures x places x concepts. */
  private static Tensor byPlace(Attribution[] found, boolean sizes) {
    Shape shape = found[0].values().shape();
    int channels = shape.dim(1);
    int places = shape.dim(2) * shape.dim(3);
    int r = found.length;
    float[] maps = new float[shape.dim(0) * places * r];
    for (int k = 0; k < r; k++) {
      float[] values = found[k].values().toArray();
      for (int i = 0; i < values.length; i++) {
        int at = i / (channels * places) * places + i % places;
        maps[at * r + k] += (sizes ? Math.abs(values[i]) : values[i]) / channels;
      }
    }
    return Tensor.wrap(Shape.of(shape.dim(0), places, r), maps);
  }

  private List<? extends Score> scores(AttributionMethod<?> method, AtomBank bank) {
    return method.isBlackBox() ? new ConceptScores(model, bank, run).all() : differentiable(bank);
  }

  /** Evenly from the surest to the least sure of the shown pictures. */
  private List<Integer> rows(List<ShownPicture> shown) {
    int count = Math.min(request.pictures(), shown.size());
    return IntStream.range(0, count)
        .map(i -> count == 1 ? 0 : (int) ((long) i * (shown.size() - 1) / (count - 1)))
        .mapToObj(i -> shown.get(i).picture())
        .toList();
  }

  private static Tensor inputs(Examples pictures, List<Integer> rows) {
    FloatBuffer buffer = Tensor.allocateDirect(rows.size() * pictures.shape().size());
    rows.forEach(row -> pictures.read(row, buffer));
    return Tensor.wrap(pictures.shape().batch(rows.size()), buffer.flip());
  }

  private List<DifferentiableConceptScore> differentiable(AtomBank bank) {
    if (white == null || !(bank instanceof DifferentiableConceptBank smooth)) {
      throw new PerceptException(
          "these concepts have no gradient; use maps that only ask for scores, such as occlusion");
    }
    return IntStream.range(0, bank.concepts())
        .mapToObj(k -> DifferentiableConceptScore.sum(white, smooth, k, run))
        .toList();
  }

  private Attribution[] attribute(
      AttributionMethod<?> method, List<? extends Score> scores, Tensor inputs) {
    Attribution[] found = new Attribution[scores.size()];
    try (Progress.Stage stage = run.stage("maps by " + method.name(), scores.size())) {
      int from = 0;
      if (method.isBlackBox()) {
        // What the first concept asks, on all threads, is remembered for the others.
        found[0] =
            method.attribute(scores.get(0), inputs, settings, run.withProgress(Progress.NONE));
        stage.advance(1);
        from = 1;
      }
      int first = from;
      Run single = run.withThreads(1).withProgress(Progress.NONE);
      run.parallel(
          found.length - first,
          i -> {
            found[first + i] = method.attribute(scores.get(first + i), inputs, settings, single);
            stage.advance(1);
          });
    }
    return found;
  }

  private static double dependent(List<? extends Score> scores) {
    long all = 0;
    long dependent = 0;
    for (Score score : scores) {
      if (score instanceof DifferentiableConceptScore one) {
        all += one.locations();
        dependent += one.dependentLocations();
      }
    }
    return all == 0 ? 0 : dependent / (double) all;
  }

  /** Means over cells: concepts of n x h x w to n x concepts x rows x columns. */
  private static Tensor cells(Attribution[] found, int n) {
    Shape size = found[0].places().shape();
    int height = size.dim(1);
    int width = size.dim(2);
    int rows = Math.min(CELLS, height);
    int columns = Math.min(CELLS, width);
    float[] maps = new float[n * found.length * rows * columns];
    for (int k = 0; k < found.length; k++) {
      float[] places = found[k].places().toArray();
      for (int i = 0; i < n; i++) {
        for (int cell = 0; cell < rows * columns; cell++) {
          int top = cell / columns * height / rows;
          int bottom = (cell / columns + 1) * height / rows;
          int left = cell % columns * width / columns;
          int right = (cell % columns + 1) * width / columns;
          double sum = 0;
          for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
              sum += places[(i * height + y) * width + x];
            }
          }
          maps[(i * found.length + k) * rows * columns + cell] =
              (float) (sum / ((bottom - top) * (right - left)));
        }
      }
    }
    return Tensor.wrap(Shape.of(n, found.length, rows, columns), maps);
  }
}
