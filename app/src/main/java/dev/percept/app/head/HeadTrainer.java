package dev.percept.app.head;

import dev.percept.app.explain.ModelDefaults;
import dev.percept.app.explain.NativeLibraries;
import dev.percept.core.Labels;
import dev.percept.core.PerceptException;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitCheck;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxFeatures;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.image.LabelFile;
import dev.percept.image.PictureFile;
import dev.percept.image.PictureFolder;
import dev.percept.image.PictureReader;
import dev.percept.image.Pictures;
import dev.percept.image.Preprocessing;
import dev.percept.methods.head.HeldOut;
import dev.percept.methods.head.LinearHead;
import dev.percept.onnx.Backbone;
import dev.percept.onnx.OnnxBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** From a frozen network and pictures of classes to a classifier in one ONNX file. */
public final class HeadTrainer {
  /** On how many pictures the written model is compared with what was trained. */
  private static final int CHECKED = 4;

  private final HeadRequest request;
  private final Run run;
  private final List<String> notes = new ArrayList<>();

  private HeadTrainer(HeadRequest request, Run run) {
    this.request = request;
    this.run = run;
  }

  /**
   * Trains and writes.
   *
   * @throws PerceptException if something named is missing or unfit, or a file would be replaced
   */
  public static HeadReport train(HeadRequest request, Run run) {
    return new HeadTrainer(request, run).train();
  }

  private HeadReport train() {
    Path labelFile = labels(request.out());
    for (Path file : List.of(request.out(), labelFile)) {
      if (Files.exists(file)) {
        throw new PerceptException(file + " exists; give another name with -o, or remove it first");
      }
    }
    NativeLibraries.preload();
    EngineOptions options =
        EngineOptions.DEFAULT.withBatch(request.batch()).withInputSize(request.inputSize());
    try (OnnxFeatures features =
        OnnxFeatures.open(request.backbone(), request.tensor(), request.pooling(), options)) {
      PictureFolder folder = PictureFolder.scan(request.images());
      List<String> folders = classes(folder);
      Labels labels = Labels.ofFolders(folders);
      List<String> classes = labels.names();
      Pictures pictures = pictures(sample(folder, folders), features);
      List<Integer> truth =
          IntStream.range(0, pictures.size())
              .map(i -> folders.indexOf(pictures.folder(i).orElse("")))
              .boxed()
              .toList();
      List<String> copies = IntStream.range(0, pictures.size()).mapToObj(pictures::hash).toList();
      check(classes, truth, copies);
      Tensor vectors = vectors(features, pictures);
      LinearHead.Trained trained = request.head().train(vectors, truth, copies, run);
      HeldOut marks = HeldOut.of(truth, trained.predicted(), classes.size());
      write(features.backbone(), trained, labels, marks, pictures, labelFile);
      return report(features, pictures, classes, trained, marks, copies, labelFile);
    }
  }

  private List<String> classes(PictureFolder folder) {
    List<String> classes = folder.classes();
    if (classes.size() < 2) {
      throw new PerceptException(
          "'"
              + folder.name()
              + "' has "
              + (classes.isEmpty()
                  ? "no sub-folders with pictures"
                  : "pictures of one class only ('" + classes.get(0) + "')")
              + "; a classifier needs at least two: give a folder with one sub-folder a class");
    }
    return classes;
  }

  /** At most so many pictures of each class as were asked for, and all that lie in none. */
  private PictureFolder sample(PictureFolder folder, List<String> classes) {
    if (request.maxImages() == 0) {
      return folder;
    }
    List<PictureFile> chosen =
        new ArrayList<>(folder.pictures().stream().filter(p -> p.folder().isEmpty()).toList());
    for (String each : classes) {
      chosen.addAll(folder.only(each).sample(request.maxImages(), run).pictures());
    }
    chosen.sort(Comparator.comparing(PictureFile::name));
    return new PictureFolder(folder.name(), chosen);
  }

  private Pictures pictures(PictureFolder folder, OnnxFeatures features) {
    Preprocessing preprocessing =
        Preprocessing.of(
            features.inputShape(), request.resize(), request.antialias(), request.normalization());
    Pictures all =
        Pictures.open(folder, preprocessing, new PictureReader(request.maxPixels()), run);
    List<Integer> inside =
        IntStream.range(0, all.size()).filter(i -> all.folder(i).isPresent()).boxed().toList();
    if (inside.size() < all.size()) {
      notes.add((all.size() - inside.size()) + " pictures lie in no sub-folder and are left out");
    }
    return all.select(inside);
  }

  private void check(List<String> classes, List<Integer> truth, List<String> copies) {
    int folds = request.head().folds();
    Map<String, Set<Integer>> seen = new HashMap<>();
    for (int i = 0; i < truth.size(); i++) {
      seen.computeIfAbsent(copies.get(i), hash -> new HashSet<>()).add(truth.get(i));
    }
    for (int c = 0; c < classes.size(); c++) {
      int own = c;
      long different = seen.values().stream().filter(s -> s.contains(own)).count();
      if (different < folds) {
        throw new PerceptException(
            "class '"
                + classes.get(c)
                + "' has "
                + different
                + (different == 1 ? " picture" : " different pictures")
                + " that can be read, and "
                + folds
                + " folds need at least "
                + folds
                + "; add pictures, remove the class, or take fewer folds with --folds");
      }
    }
    long both = seen.values().stream().filter(s -> s.size() > 1).count();
    if (both > 0) {
      notes.add(
          both
              + (both == 1 ? " picture lies" : " pictures lie")
              + " in the folders of several classes: no classifier can be right about them");
    }
  }

  private Tensor vectors(OnnxFeatures features, Pictures pictures) {
    int p = features.backbone().size();
    int n = pictures.size();
    float[] all = new float[Math.multiplyExact(n, p)];
    int batch = request.batch();
    try (Progress.Stage stage = run.stage("features", n)) {
      run.parallel(
          (n + batch - 1) / batch,
          b -> {
            int from = b * batch;
            int to = Math.min(n, from + batch);
            features.of(pictures.batch(from, to)).copyTo(0, all, from * p, (to - from) * p);
            stage.advance(to - from);
          });
    }
    Tensor vectors = Tensor.wrap(Shape.of(n, p), all);
    if (!vectors.isFinite()) {
      throw new PerceptException(
          "'"
              + request.backbone().getFileName()
              + "' gives features that are no finite numbers for some of these pictures: its"
              + " weights are damaged or the preprocessing is far off");
    }
    return vectors;
  }

  private void write(
      Backbone backbone,
      LinearHead.Trained trained,
      Labels labels,
      HeldOut marks,
      Pictures pictures,
      Path labelFile) {
    Map<String, String> metadata =
        ModelDefaults.metadata(
            labels, request.normalization(), request.resize(), request.antialias());
    metadata.put(
        "percept.head",
        String.format(
            Locale.ROOT,
            "linear, trained by percept head train on %s of '%s'; %d pictures, accuracy on pictures"
                + " left out %.4f (95 %% interval %.4f to %.4f)",
            backbone.tensor(),
            request.backbone().getFileName(),
            pictures.size(),
            marks.accuracy(),
            marks.low(),
            marks.high()));
    OnnxBuilder.write(
        backbone.withHead(trained.weights(), trained.bias(), metadata), request.out());
    try {
      Files.writeString(labelFile, LabelFile.text(labels));
      prove(trained, pictures);
    } catch (IOException | RuntimeException e) {
      // Half of what was asked for is nothing.
      remove(request.out());
      remove(labelFile);
      if (e instanceof RuntimeException fault) {
        throw fault;
      }
      throw new PerceptException(
          "cannot write " + labelFile + " (" + e.getMessage() + "); choose another place with -o",
          e);
    }
  }

  /** The file that was written answers as what was trained does. */
  private void prove(LinearHead.Trained trained, Pictures pictures) {
    EngineOptions options =
        EngineOptions.DEFAULT.withBatch(request.batch()).withInputSize(request.inputSize());
    Tensor inputs = pictures.batch(0, Math.min(CHECKED, pictures.size()));
    try (OnnxFeatures features =
            OnnxFeatures.open(request.backbone(), request.tensor(), request.pooling(), options);
        OnnxSplitModel written = OnnxEngine.open(request.out(), "auto", options)) {
      Tensor x = features.of(inputs);
      int classes = trained.weights().rows();
      int p = x.shape().dim(1);
      float[] logits = new float[x.rows() * classes];
      for (int i = 0; i < logits.length; i++) {
        double sum = trained.bias().get(i % classes);
        for (int j = 0; j < p; j++) {
          sum += (double) trained.weights().get(i % classes, j) * x.get(i / classes, j);
        }
        logits[i] = (float) sum;
      }
      SplitCheck check =
          SplitCheck.of(Tensor.wrap(Shape.of(x.rows(), classes), logits), written.logits(inputs));
      if (!check.passed()) {
        throw new IllegalStateException(
            "the written model does not answer as what was trained: " + check);
      }
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new PerceptException("cannot remove " + file + " (" + e.getMessage() + ")", e);
    }
  }

  private HeadReport report(
      OnnxFeatures features,
      Pictures pictures,
      List<String> classes,
      LinearHead.Trained trained,
      HeldOut marks,
      List<String> copies,
      Path labelFile) {
    Backbone backbone = features.backbone();
    return new HeadReport(
        String.valueOf(request.out().getFileName()),
        String.valueOf(labelFile.getFileName()),
        String.valueOf(request.backbone().getFileName()),
        features.sha256(),
        backbone.tensor(),
        backbone.shape(),
        backbone.pooling().name().toLowerCase(Locale.ROOT),
        backbone.size(),
        classes,
        pictures.size(),
        copies.size() - new HashSet<>(copies).size(),
        pictures.skipped().stream().map(Object::toString).toList(),
        request.head().folds(),
        run.seed(),
        request.head().penalties(),
        trained.losses(),
        trained.penalty(),
        marks.accuracy(),
        marks.low(),
        marks.high(),
        marks.majority(),
        marks.confusion(),
        IntStream.range(0, classes.size()).mapToObj(marks::recall).toList(),
        notes);
  }

  /** The file of class names beside a model: {@code birds.onnx} has {@code birds.labels.txt}. */
  static Path labels(Path model) {
    String name = String.valueOf(model.getFileName()).replaceFirst("(?i)\\.onnx$", "");
    return model.resolveSibling(name + ".labels.txt");
  }
}
