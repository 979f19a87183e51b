package dev.percept.app.importance;

import dev.percept.app.explain.ClassPictures;
import dev.percept.app.explain.CropBoxes;
import dev.percept.app.explain.Inputs;
import dev.percept.app.explain.Jpeg;
import dev.percept.app.explain.Opened;
import dev.percept.bundle.Bundle;
import dev.percept.bundle.Comparison;
import dev.percept.core.Importance;
import dev.percept.core.ModelInfo;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.image.Crops;
import dev.percept.methods.compare.ImportanceComparison;
import dev.percept.methods.compare.Marks;
import dev.percept.methods.craft.Craft;
import dev.percept.methods.map.ConceptCrops;
import dev.percept.methods.map.CropSelector;
import dev.percept.methods.metric.attribution.BootstrapMean;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Puts a comparison into the words of its file. */
record ComparisonParts(
    ComparisonRequest request,
    Opened opened,
    ClassPictures one,
    Crops crops,
    Craft.Concepts concepts) {

  Comparison comparison(
      List<Timed> found,
      ImportanceComparison marks,
      List<Comparison.Missing> missing,
      List<String> notes,
      Run run) {
    List<Comparison.Estimator> estimators = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      estimators.add(estimator(found.get(i), marks.marks().get(i), marks.behind().get(i)));
    }
    ModelInfo info = opened.model().info();
    Map<String, String> versions = new TreeMap<>(request.versions());
    versions.put("engine", info.engine());
    return new Comparison(
        Comparison.SCHEMA,
        options(),
        run.seed(),
        info.file(),
        info.sha256(),
        info.layer(),
        new Bundle.Label(one.target().index(), one.target().label()),
        one.pictures().size(),
        concepts.contributions() != null,
        images(run),
        estimators,
        marks(marks.random()),
        marks.agreement(),
        missing,
        notes,
        versions);
  }

  private Map<String, String> options() {
    Inputs inputs = request.inputs();
    Map<String, String> options = new TreeMap<>(inputs.preprocessOptions());
    options.put("class", inputs.target());
    options.put("layer", inputs.layer());
    options.put("concepts", Integer.toString(concepts.bank().concepts()));
    options.put("patch", Integer.toString(crops.box(0).width()));
    options.put("crop-grid", request.cropGrid().name().toLowerCase(Locale.ROOT));
    options.put("extractor", request.extractor().name());
    if (inputs.rectify()) {
      options.put("rectify", "");
    }
    options.put(
        "estimator", String.join(",", request.contenders().stream().map(Contender::name).toList()));
    if (inputs.maxImages() > 0) {
      options.put("max-images", Integer.toString(inputs.maxImages()));
    }
    return options;
  }

  private List<Comparison.ConceptPart> images(Run run) {
    Tensor codes = concepts.bank().encode(concepts.activations(), run);
    List<ConceptCrops> chosen =
        CropSelector.of(1)
            .select(
                codes,
                concepts.activations(),
                concepts.bank().dictionary().atoms(),
                CropBoxes.of(crops));
    List<Comparison.ConceptPart> parts = new ArrayList<>();
    for (int k = 0; k < chosen.size(); k++) {
      String crop =
          chosen.get(k).levels().stream()
              .flatMap(level -> level.crops().stream())
              .findFirst()
              .map(i -> Base64.getEncoder().encodeToString(Jpeg.encode(crops.view(i))))
              .orElse("");
      parts.add(new Comparison.ConceptPart(k, crop));
    }
    return parts;
  }

  private static Comparison.Estimator estimator(Timed timed, Marks marks, BootstrapMean behind) {
    Importance importance = timed.importance();
    double sum = importance.concepts().stream().mapToDouble(Importance.OfConcept::total).sum();
    List<Comparison.OfConcept> values = new ArrayList<>();
    for (int k = 0; k < importance.concepts().size(); k++) {
      Importance.OfConcept of = importance.concepts().get(k);
      values.add(
          new Comparison.OfConcept(
              k,
              of.total(),
              of.low(),
              of.high(),
              of.dataLow(),
              of.dataHigh(),
              sum > 0 ? of.total() / sum : 0,
              of.sign()));
    }
    return new Comparison.Estimator(
        importance.estimator(),
        importance.scale().name().toLowerCase(Locale.ROOT),
        timed.gradients(),
        masks(importance),
        timed.seconds(),
        values,
        marks(marks),
        mean(behind));
  }

  /** A point of a Sobol design is r + 1 masks. */
  private static int masks(Importance importance) {
    boolean replicated = importance.scale() == Importance.Scale.VARIANCE;
    return importance.designs() * (replicated ? importance.concepts().size() + 1 : 1);
  }

  private static Comparison.Marks marks(Marks marks) {
    return new Comparison.Marks(
        mean(marks.deletion()),
        mean(marks.insertion()),
        mean(marks.fidelity()),
        mean(marks.deletionGain()),
        mean(marks.insertionGain()),
        marks.deletionCurve(),
        marks.insertionCurve());
  }

  private static Comparison.Mean mean(BootstrapMean mean) {
    return new Comparison.Mean(mean.mean(), mean.low(), mean.high());
  }
}
