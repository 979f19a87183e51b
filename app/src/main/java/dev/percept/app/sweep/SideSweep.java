package dev.percept.app.sweep;

import dev.percept.app.exam.CraftExplainer;
import dev.percept.app.explain.ClassPictures;
import dev.percept.app.explain.CutChecks;
import dev.percept.app.explain.Inputs;
import dev.percept.app.explain.Opened;
import dev.percept.app.explain.OutputFolder;
import dev.percept.app.explain.RectificationCost;
import dev.percept.bundle.Bundle;
import dev.percept.bundle.Sweep;
import dev.percept.bundle.SweepFile;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.SplitCheck;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.image.Crops;
import dev.percept.image.Pictures;
import dev.percept.methods.craft.Craft;
import dev.percept.methods.importance.AutoImportance;
import dev.percept.methods.map.CropBox;
import dev.percept.methods.sweep.Quality;
import dev.percept.onnx.PatchSizes;
import dev.percept.zoo.exam.Exam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One model of a sweep, through all points of the grid. */
final class SideSweep {
  private static final int CHECKED = 4;

  private final SweepRequest request;
  private final SweepRequest.Side side;
  private final Run run;
  private final List<String> notes = new ArrayList<>();
  private String engine = "";
  private int measured;
  private int found;

  private SideSweep(SweepRequest request, SweepRequest.Side side, Run run) {
    this.request = request;
    this.side = side;
    this.run = run;
  }

  /**
   * A side whose model, layers, class, pictures and crops are there and fit each other.
   *
   * @throws PerceptException if not
   */
  static SideSweep checked(SweepRequest request, SweepRequest.Side side, Run run) {
    SideSweep sweep = new SideSweep(request, side, run);
    for (String layer : side.layers()) {
      try (Opened opened = Opened.open(sweep.inputs(layer), run)) {
        ClassPictures one = sweep.only(opened);
        sweep.patches(one).forEach(patch -> sweep.crops(one, patch));
        for (int count : request.pictures()) {
          if (count > one.pictures().size()) {
            throw new PerceptException(
                "'--pictures "
                    + count
                    + "' asks for more pictures of '"
                    + one.target().label()
                    + "' than the "
                    + one.pictures().size()
                    + " that there are");
          }
        }
        if (request.scenes() > 0) {
          sweep.exam(opened.explained(), new CraftExplainer(opened.explained(), side.extractor()));
        }
      }
    }
    return sweep;
  }

  private Exam exam(SplitModel model, CraftExplainer explainer) {
    return new Exam(
        model, explainer, new Exam.Options(request.scenes(), 0, Exam.Options.STANDARD.split()));
  }

  private Inputs inputs(String layer) {
    return side.inputs().withLayer(layer);
  }

  private ClassPictures only(Opened opened) {
    if (opened.classes().size() != 1) {
      throw new PerceptException(
          "a sweep is over one class, and these are "
              + opened.classes().size()
              + "; name one with -c");
    }
    return opened.classes().get(0);
  }

  private List<Integer> patches(ClassPictures one) {
    return request.patches().isEmpty()
        ? List.of(one.crops(0, request.cropGrid()).grid().patch())
        : request.patches();
  }

  private Crops crops(ClassPictures one, int patch) {
    int height = one.pictures().shape().dim(1);
    int width = one.pictures().shape().dim(2);
    if (patch > Math.min(height, width)) {
      throw new PerceptException(
          "a crop of "
              + patch
              + " pixels is larger than the input of '"
              + side.inputs().model().getFileName()
              + "', "
              + height
              + " x "
              + width
              + "; leave it out of --patch");
    }
    return one.crops(patch, request.cropGrid());
  }

  /** All points of this side. */
  Sweep.Side sweep(ActivationCache cache, OutputFolder out) {
    List<Sweep.Point> points = new ArrayList<>();
    Sweep.Side result = null;
    for (String layer : side.layers()) {
      try (Opened opened = Opened.open(inputs(layer), run)) {
        notes.addAll(opened.notes());
        ClassPictures one = only(opened);
        one.pictures().skipped().forEach(s -> notes.add("left out: " + s));
        if (side.inputs().rectify()) {
          notes.add(RectificationCost.sentence(opened, one, side.inputs().batch(), run));
        }
        engine = opened.model().info().engine();
        new AtLayer(opened, one, cache, out).points(points);
        result = side(opened, one, points);
      }
    }
    if (result == null) {
      throw new IllegalStateException("a side has at least one layer");
    }
    return result;
  }

  private Sweep.Side side(Opened opened, ClassPictures one, List<Sweep.Point> points) {
    PatchSizes own = PatchSizes.of(opened.cuts());
    return new Sweep.Side(
        opened.model().info().file(),
        opened.model().info().sha256(),
        side.inputs().normalization().name(),
        one.pictures().shape().dim(1),
        one.pictures().shape().dim(2),
        own.pixels(),
        own.how().name().toLowerCase(Locale.ROOT),
        new Bundle.Label(one.target().index(), one.target().label()),
        one.pictures().fingerprint(),
        one.pictures().size(),
        side.extractor().name(),
        points);
  }

  int measured() {
    return measured;
  }

  int found() {
    return found;
  }

  List<String> notes() {
    return notes;
  }

  String engine() {
    return engine;
  }

  /** Points on disk, of this sweep or of others in the same folder. */
  static int done(Path out) {
    try (Stream<Path> files = Files.list(out.resolve(SweepFile.POINTS))) {
      return (int) files.filter(f -> f.toString().endsWith(".json")).count();
    } catch (IOException e) {
      return 0;
    }
  }

  /** The points of one layer. */
  private final class AtLayer {
    private final OnnxSplitModel whole;
    private final SplitModel model;
    private final Pictures pictures;
    private final ClassPictures one;
    private final Target target;
    private final ActivationCache cache;
    private final OutputFolder out;
    private final String data;
    private boolean checked;

    AtLayer(Opened opened, ClassPictures one, ActivationCache cache, OutputFolder out) {
      this.whole = opened.model();
      this.model = opened.explained();
      this.one = one;
      this.pictures = one.pictures();
      this.target = one.target();
      this.cache = cache;
      this.out = out;
      this.data =
          String.join(
              "; ",
              "model " + model.info().sha256(),
              "output " + side.inputs().output(),
              "input " + pictures.shape(),
              "layer " + model.info().layer(),
              "pictures " + pictures.fingerprint(),
              "preprocessing " + side.inputs().preprocessOptions(),
              "batch " + side.inputs().batch(),
              "versions " + new java.util.TreeMap<>(request.versions()),
              // Only where it is so: points of earlier versions are found again.
              "engine " + model.info().engine() + (rectified() ? "; rectified" : ""));
    }

    private boolean rectified() {
      return side.inputs().rectify();
    }

    void points(List<Sweep.Point> points) {
      List<Integer> counts =
          request.pictures().isEmpty() ? List.of(pictures.size()) : request.pictures();
      for (int count : counts) {
        for (int patch : patches(one)) {
          for (int concepts : request.concepts()) {
            run.throwIfCancelled();
            points.add(point(count, patch, concepts));
          }
        }
      }
    }

    /** From disk if it is there, measured and written otherwise. */
    private Sweep.Point point(int count, int patch, int concepts) {
      ConceptExtractor extractor = side.extractor().withConcepts(concepts);
      String key =
          String.join(
              "; ",
              data,
              "class " + target.index(),
              "seed " + run.seed(),
              "count " + count,
              "patch " + patch,
              "grid " + request.cropGrid(),
              "crops " + request.crops(),
              "extractor " + extractor,
              "sobol " + request.sobol(),
              "refits " + request.refits(),
              "exam " + request.scenes());
      String name = SweepFile.POINTS + "/" + Keys.file(key) + ".json";
      Optional<Sweep.Stored> stored = SweepFile.point(request.out().resolve(name), key);
      if (stored.isPresent()) {
        found++;
        return stored.get().point();
      }
      long start = System.nanoTime();
      Sweep.Point point = measure(count, patch, extractor);
      double seconds = (System.nanoTime() - start) / 1e9;
      out.write(name, SweepFile.bytes(new Sweep.Stored(Sweep.SCHEMA, key, point, seconds)));
      measured++;
      // Read back, so that what was measured now and what was found are the same numbers.
      return SweepFile.point(request.out().resolve(name), key)
          .orElseThrow(() -> new IllegalStateException("a point that was just written"))
          .point();
    }

    private void check() {
      if (!checked) {
        Tensor some = pictures.batch(0, Math.min(CHECKED, pictures.size()));
        SplitCheck check = whole.check(some);
        CutChecks.require(check, whole.info());
        if (!rectified()) {
          CutChecks.refuseSigned(whole, side.extractor(), whole.activations(some).values());
        }
        whole.releaseWhole();
        checked = true;
      }
    }

    private Sweep.Point measure(int count, int patch, ConceptExtractor extractor) {
      check();
      int batch = side.inputs().batch();
      int each = model.grid().size() * model.features();
      Tensor all =
          cache.get(
              data + "; of pictures",
              () ->
                  Passing.all(
                      pictures,
                      each,
                      batch,
                      "pictures",
                      run,
                      inputs -> model.activations(inputs).values()));
      Crops crops = crops(one, patch);
      DrawnCrops drawn = DrawnCrops.of(crops, request.crops(), run);
      boolean some = drawn.size() < crops.size();
      Tensor pooled =
          cache.get(
              data
                  + "; of crops, patch "
                  + patch
                  + ", grid "
                  + request.cropGrid()
                  + (some ? ", drawn " + request.crops() + ", seed " + run.seed() : ""),
              () -> Passing.all(drawn, model.features(), batch, "crops", run, model::pooled));
      List<Integer> chosen = chosen(count);
      List<Integer> rows = new ArrayList<>();
      List<CropBox> boxes = new ArrayList<>();
      for (int i = 0; i < drawn.size(); i++) {
        int picture = chosen.indexOf(drawn.picture(i));
        if (picture >= 0) {
          rows.add(i);
          boxes.add(drawn.box(i, picture));
        }
      }
      AutoImportance importance = new AutoImportance(request.sobol());
      RememberedModel remembered = new RememberedModel(model);
      Craft.Concepts concepts =
          new Craft(extractor, importance, Craft.Options.DEFAULT.withBatch(batch))
              .find(
                  remembered,
                  new RememberedExamples(all, chosen, pictures::name),
                  new RememberedExamples(pooled, rows, drawn::name),
                  boxes,
                  target,
                  run);
      Quality quality =
          Quality.of(
              remembered,
              concepts,
              boxes.stream().map(CropBox::picture).collect(Collectors.toList()),
              target,
              new Quality.Options(extractor, importance, request.refits()),
              run);
      Map<String, Sweep.Value> figures = Figures.of(quality);
      if (request.scenes() > 0) {
        figures.putAll(
            Figures.of(exam(model, new CraftExplainer(model, extractor, patch)).take(run), run));
      }
      return new Sweep.Point(
          model.info().layer(),
          model.grid().isSpatial()
              ? Math.round((float) pictures.shape().dim(2) / model.grid().columns())
              : 0,
          count,
          patch,
          concepts.bank().concepts(),
          rows.size(),
          quality.estimator(),
          quality.settled(),
          figures);
    }

    /** The first of a random order, so that fewer pictures are some of more; ascending. */
    private List<Integer> chosen(int count) {
      List<Integer> order =
          IntStream.range(0, pictures.size()).boxed().collect(Collectors.toList());
      RandomGenerator random = run.random("sweep.pictures");
      for (int i = order.size() - 1; i > 0; i--) {
        java.util.Collections.swap(order, i, random.nextInt(i + 1));
      }
      return order.subList(0, count).stream().sorted().toList();
    }
  }
}
