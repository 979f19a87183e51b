package dev.percept.app.explain;

import dev.percept.app.Format;
import dev.percept.bundle.Bundle;
import dev.percept.bundle.ConceptMaps;
import dev.percept.bundle.ConceptTree;
import dev.percept.bundle.Importances;
import dev.percept.core.Grid;
import dev.percept.core.Labels;
import dev.percept.core.ModelInfo;
import dev.percept.core.SplitCheck;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.image.Crops;
import dev.percept.image.Pictures;
import dev.percept.methods.craft.CraftResult;
import dev.percept.methods.craft.Rectification;
import dev.percept.methods.metric.RankCurve;
import dev.percept.onnx.Cut;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers what a bundle holds, class by class. */
final class BundleParts {
  /** Below this share of right answers the preprocessing or the labels are likely wrong. */
  private static final double HARDLY_EVER = 0.2;

  /** Above this loss of right answers the concepts miss what the model uses. */
  private static final double LOST = 0.2;

  private final ExplainRequest request;
  private final OnnxSplitModel model;
  private final Labels labels;
  private final SplitCheck check;
  private final List<Bundle.ClassPart> classes = new ArrayList<>();
  private final List<Importances.OfClass> importances = new ArrayList<>();
  private final Map<String, Tensor> dictionary = new TreeMap<>();
  private final Map<String, Tensor> codes = new TreeMap<>();
  private final Map<String, Tensor> maps = new TreeMap<>();
  private final Map<String, byte[]> files = new TreeMap<>();
  private final List<String> skipped = new ArrayList<>();
  private final List<String> fingerprints = new ArrayList<>();
  private int pictures;
  private int patch;
  private int perPicture;

  BundleParts(ExplainRequest request, OnnxSplitModel model, Labels labels, SplitCheck check) {
    this.request = request;
    this.model = model;
    this.labels = labels;
    this.check = check;
  }

  /** Adds one class. */
  void add(
      CraftResult result,
      Pictures of,
      Crops crops,
      List<ConceptMaps> kinds,
      @Nullable ConceptTree tree,
      @Nullable Rectification rectification) {
    String key = key(result);
    pictures += of.size();
    patch = crops.box(0).width();
    perPicture = crops.grid().size();
    of.skipped().forEach(s -> skipped.add(s.toString()));
    fingerprints.add(key + " " + of.fingerprint());

    int n = of.size();
    int r = result.dictionary().concepts();
    dictionary.put(key + "/dictionary", result.dictionary().atoms());
    Tensor offset = result.dictionary().offset();
    if (offset != null) {
      dictionary.put(key + "/offset", offset);
    }
    Grid grid = model.grid();
    codes.put(
        key + "/codes", grid.ofPlaces(result.codes()).reshape(n, grid.rows(), grid.columns(), r));
    if (grid.specials() > 0) {
      codes.put(key + "/tokens", grid.ofSpecials(result.codes()));
    }
    codes.put(key + "/crops", result.cropCodes());
    codes.put(key + "/importance", result.importance().shares().perExample());

    ClassParts parts = new ClassParts(key, result, of, crops, labels);
    Bundle.ClassPart part =
        parts.part(
            files,
            warnings(result, rectification),
            kinds,
            tree,
            rectification == null ? null : written(rectification));
    classes.add(part);
    importances.add(parts.importance());
  }

  /** Takes concepts of a class apart; tensors and crops go where all others are. */
  TreeParts trees(CraftResult result, Pictures of, Crops crops) {
    return new TreeParts(key(result), of, crops, dictionary, codes, files);
  }

  /** The prefix of a class's tensors. */
  static String key(CraftResult result) {
    return "class-" + result.target().index();
  }

  private static Bundle.Rectification written(Rectification cost) {
    return new Bundle.Rectification(
        cost.negative(), cost.variance(), cost.accuracy(), cost.whole(), cost.agreement());
  }

  private List<String> warnings(CraftResult result, @Nullable Rectification cost) {
    List<String> warnings = new ArrayList<>();
    if (cost != null) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "What is explained is not the model as it is but the model with negative activations"
                  + " at '%s' set to 0 (--rectify). %s of the activations were negative; without"
                  + " them %s of the variance is gone, and '%s' is the answer for %s of these"
                  + " pictures instead of %s.",
              model.info().layer(),
              Format.percent(cost.negative()),
              Format.percent(cost.variance()),
              result.target().label(),
              Format.percent(cost.accuracy()),
              Format.percent(cost.whole())));
    }
    double right = result.answers().model();
    if (right < HARDLY_EVER) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "The model gives '%s' for only %s of these pictures: preprocessing or labels may be"
                  + " wrong ('percept check' finds out), and what is explained is then not what the"
                  + " model does in use.",
              result.target().label(),
              Format.percent(right)));
    }
    double rebuilt = result.answers().rebuilt();
    if (right - rebuilt > LOST) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "With the concepts alone the model gives '%s' for %s of the pictures instead of %s:"
                  + " what decides is in no concept. Crops of %d px may not show it; try a larger"
                  + " --patch or more --concepts.",
              result.target().label(),
              Format.percent(rebuilt),
              Format.percent(right),
              patch));
    }
    Cut cut = model.cut();
    if (!cut.reaches()) {
      warnings.add(
          "Behind '"
              + cut.tensor()
              + "' the answer is read at the class token alone: importance is that of concepts in"
              + " that token, and maps, which show the patches, do not say what the answer rests"
              + " on. --layer auto cuts before the last attention.");
    }
    if (cut.layout() == Cut.Layout.COUNT) {
      warnings.add(
          "The graph does not say which tokens are patches. There is one more than a square, so the"
              + " first was taken for a class token; if it is none, maps are shifted by one patch.");
    }
    if (!result.importance().settled()) {
      warnings.add(
          "The order of importance was not settled when the budget of masks was spent: concepts"
              + " whose intervals overlap may change places.");
    }
    RankCurve curve = result.rankCurve();
    if (curve != null && curve.points().stream().allMatch(p -> p.stability() < RankCurve.STABLE)) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "No number of concepts gave the same concepts again in other fits (mean stability of"
                  + " at least %.1f): the most stable number, %d, was taken.",
              RankCurve.STABLE,
              curve.chosen()));
    }
    if (result.codes().rows() < 20) {
      warnings.add(
          "Only "
              + result.codes().rows()
              + (result.codes().rows() == 1 ? " picture" : " pictures")
              + ": concepts found in so few need not mean much beyond them.");
    }
    return warnings;
  }

  /** The main part, once all classes are in. */
  Bundle bundle(long seed) {
    ModelInfo info = model.info();
    Map<String, String> versions = new TreeMap<>(request.versions());
    versions.put("engine", info.engine());
    boolean one = classes.size() == 1;
    return new Bundle(
        Bundle.SCHEMA,
        "pictures",
        new Bundle.Provenance(
            options(), seed, info.sha256(), fingerprint(), pictures, skipped, versions),
        new Bundle.Model(
            info.file(),
            info.layer(),
            info.operator(),
            info.nonNegative(),
            model.grid().rows(),
            model.grid().columns(),
            model.grid().leading(),
            model.grid().trailing(),
            model.features(),
            model.outputs(),
            Arrays.stream(model.inputShape().toArray()).boxed().toList(),
            request.inputs().normalization().name()),
        new Bundle.Split(check.maxAbsDiff(), check.maxAbsLogit(), check.inputs(), check.passed()),
        new Bundle.Crops(patch, request.cropGrid().name().toLowerCase(Locale.ROOT), perPicture),
        request.extractor().name(),
        one ? classes.get(0).reconstruction() : null,
        one ? classes.get(0).accuracy() : null,
        List.of(),
        classes);
  }

  /** What was asked for, in the words of the command line; paths and defaults of none left out. */
  private Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("class", request.inputs().target());
    options.put("layer", request.inputs().layer());
    if (request.inputs().output() != null) {
      options.put("output", request.inputs().output());
    }
    if (request.inputs().inputSize() > 0) {
      options.put("input-size", Integer.toString(request.inputs().inputSize()));
    }
    options.putAll(request.inputs().preprocessOptions());
    options.put("concepts", request.conceptsOption(classes.get(0).concepts().size()));
    options.put("patch", Integer.toString(patch));
    options.put("crop-grid", request.cropGrid().name().toLowerCase(Locale.ROOT));
    options.put("extractor", request.extractor().name());
    if (request.inputs().rectify()) {
      options.put("rectify", "");
    }
    options.put("estimator", request.importance().name());
    if (!request.maps().methods().isEmpty()) {
      options.put("maps", MapRequest.CODES + "," + String.join(",", request.maps().methods()));
      options.put("map-pictures", Integer.toString(request.maps().pictures()));
    }
    TreeRequest tree = request.tree();
    if (tree != null) {
      options.put("recursive", Integer.toString(tree.depth()));
      if (!tree.layers().isEmpty()) {
        options.put("layers", String.join(",", tree.layers()));
      }
      options.put("sub-concepts", Integer.toString(tree.concepts()));
      options.put("agreement", Double.toString(tree.threshold()));
    }
    if (request.inputs().maxImages() > 0) {
      options.put("max-images", Integer.toString(request.inputs().maxImages()));
    }
    options.put("batch", Integer.toString(request.inputs().batch()));
    return options;
  }

  /** One hash over the pictures of all classes. */
  private String fingerprint() {
    if (fingerprints.size() == 1) {
      return fingerprints.get(0).substring(fingerprints.get(0).indexOf(' ') + 1);
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(
              digest.digest(String.join("\n", fingerprints).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  Importances importances() {
    return new Importances(importances);
  }

  Map<String, Tensor> dictionary() {
    return dictionary;
  }

  Map<String, Tensor> codes() {
    return codes;
  }

  Map<String, Tensor> maps() {
    return maps;
  }

  Map<String, byte[]> files() {
    return files;
  }
}
