package dev.percept.app.explain;

import dev.percept.app.Format;
import dev.percept.bundle.Bundle;
import dev.percept.bundle.ClassTexts;
import dev.percept.bundle.ConceptMaps;
import dev.percept.bundle.ConceptTree;
import dev.percept.bundle.Importances;
import dev.percept.core.Grid;
import dev.percept.core.Labels;
import dev.percept.core.ModelInfo;
import dev.percept.core.SplitCheck;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
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

  private final SplitModel model;
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
  private final String part;
  private final @Nullable Cut cut;
  private int pictures;

  /**
   * @param part a sentence for the case that parts of inputs do not show what decides
   * @param cut of a model of pictures; null for texts
   */
  BundleParts(SplitModel model, Labels labels, SplitCheck check, String part, @Nullable Cut cut) {
    this.model = model;
    this.part = part;
    this.cut = cut;
    this.labels = labels;
    this.check = check;
  }

  /**
   * Adds one class.
   *
   * @param maps of pictures
   * @param tree of pictures, where it was asked for
   * @param rectification what it cost, where it was asked for
   * @param texts of texts
   */
  void add(
      CraftResult result,
      ClassInputs of,
      List<ConceptMaps> maps,
      @Nullable ConceptTree tree,
      @Nullable Rectification rectification,
      @Nullable ClassTexts texts) {
    String key = key(result);
    int n = of.names().size();
    pictures += n;
    skipped.addAll(of.skipped());
    fingerprints.add(key + " " + of.fingerprint());
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

    ClassParts parts = new ClassParts(key, result, of, labels);
    classes.add(
        parts.part(
            files,
            warnings(result, rectification),
            maps,
            tree,
            rectification == null ? null : written(rectification),
            texts));
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

  private boolean ofTexts() {
    return model instanceof TextModel;
  }

  /** What the inputs are called. */
  private String examples() {
    return ofTexts() ? "texts" : "pictures";
  }

  private static Bundle.Rectification written(Rectification cost) {
    return new Bundle.Rectification(
        cost.negative(), cost.variance(), cost.accuracy(), cost.whole(), cost.agreement());
  }

  private List<String> warnings(CraftResult result, @Nullable Rectification cost) {
    List<String> warnings = new ArrayList<>();
    if (cost != null) {
      warnings.add(RectificationWords.warning(cost, model.info(), result.target(), examples()));
    }
    double right = result.answers().model();
    if (right < HARDLY_EVER) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "The model gives '%s' for only %s of these %s: %s, and what is explained is then not"
                  + " what the model does in use.",
              result.target().label(),
              Format.percent(right),
              examples(),
              ofTexts()
                  ? "tokenizer or labels may be wrong"
                  : "preprocessing or labels may be wrong ('percept check' finds out)"));
    }
    double rebuilt = result.answers().rebuilt();
    if (right - rebuilt > LOST) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "With the concepts alone the model gives '%s' for %s of the %s instead of %s:"
                  + " what decides is in no concept. %s",
              result.target().label(),
              Format.percent(rebuilt),
              examples(),
              Format.percent(right),
              part));
    }
    if (cut != null && !cut.reaches()) {
      warnings.add(
          "Behind '"
              + cut.tensor()
              + "' the answer is read at the class token alone: importance is that of concepts in"
              + " that token, and maps, which show the patches, do not say what the answer rests"
              + " on. --layer auto cuts before the last attention.");
    }
    if (cut != null && cut.layout() == Cut.Layout.COUNT) {
      warnings.add(
          "The graph does not say which tokens are patches. There is one more than a square, so the"
              + " first was taken for a class token; if it is none, maps are shifted by one"
              + " patch.");
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
              + (ofTexts() ? " text" : " picture")
              + (result.codes().rows() == 1 ? "" : "s")
              + ": concepts found in so few need not mean much beyond them.");
    }
    return warnings;
  }

  /** The number of concepts of the first class. */
  int concepts() {
    return classes.get(0).concepts().size();
  }

  /** The main part, once all classes are in. */
  Bundle bundle(long seed, BundleSettings settings) {
    ModelInfo info = model.info();
    Map<String, String> versions = new TreeMap<>(settings.versions());
    versions.put("engine", info.engine());
    boolean one = classes.size() == 1;
    return new Bundle(
        Bundle.SCHEMA,
        settings.kind(),
        new Bundle.Provenance(
            settings.options(), seed, info.sha256(), fingerprint(), pictures, skipped, versions),
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
            settings.preprocess()),
        new Bundle.Split(check.maxAbsDiff(), check.maxAbsLogit(), check.inputs(), check.passed()),
        settings.crops(),
        settings.extractor(),
        one ? classes.get(0).reconstruction() : null,
        one ? classes.get(0).accuracy() : null,
        List.of(),
        classes);
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
