package dev.percept.bundle;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** The smallest whole bundle: one class, two concepts, three pictures, a map of 2 x 2. */
@NullUnmarked // a null fails the test
final class SampleBundle {
  static final Bundle.Label TARGET = new Bundle.Label(7, "kite");

  private SampleBundle() {}

  static StagedBundle stage(Path dir) {
    return BundleWriter.stage(dir, bundle(), importances(), dictionary(), codes(), maps(), files());
  }

  static Path write(Path dir) {
    try (StagedBundle staged = stage(dir)) {
      return staged.commit(timings());
    }
  }

  static Bundle bundle() {
    Bundle.Random random = new Bundle.Random(three(.5), three(.4), three(.6), .5);
    Bundle.Curve curve =
        new Bundle.Curve(List.of(1, 0), three(1), three(.5), random, random, 1, .5);
    Bundle.Excerpt excerpt =
        new Bundle.Excerpt("top", "excerpts/kite/c0-top-1.jpg", 2, .5, 0, .5, .5, 1);
    Bundle.PicturePart picture =
        new Bundle.PicturePart(
            1,
            "b.jpg",
            "pictures/kite/1.jpg",
            TARGET,
            .9,
            1.5,
            .9,
            List.of(new Bundle.Answer(1, .8, TARGET), new Bundle.Answer(.1, .3, TARGET)),
            List.of(new Bundle.Score(TARGET, .25, List.of(1., .125), .125, 1.5)),
            .5);
    Bundle.ClassPart part =
        new Bundle.ClassPart(
            TARGET,
            "class-7",
            List.of("a.jpg", "b.jpg", "c </script>.jpg"),
            4,
            new Bundle.Reconstruction(.1, .9, .8, .2, .2, .8, .1),
            new Bundle.Accuracy(1, 1, .5, 1, .5),
            new Bundle.Stability(.9, .95, .85, .3, 4),
            curve,
            curve,
            List.of(
                new Bundle.ConceptPart(0, List.of(excerpt)), new Bundle.ConceptPart(1, List.of())),
            List.of(picture),
            List.of(),
            new Bundle.RankCurve(
                List.of(new Bundle.RankPoint(2, .7, .9, .3), new Bundle.RankPoint(3, .71, .6, .2)),
                .8,
                .01,
                2),
            List.of(
                new ConceptMaps(
                    "saliency", "How fast.", "", null, false, 2, 3, 1, 1, .25, List.of(1)),
                new ConceptMaps(
                    "occlusion",
                    "How far.",
                    "patch 2 px",
                    "zero",
                    true,
                    1,
                    1,
                    9,
                    0,
                    null,
                    List.of())),
            tree(excerpt),
            null,
            null);
    Map<String, String> options = new LinkedHashMap<>();
    options.put("seed", "0");
    options.put("concepts", "2");
    return new Bundle(
        Bundle.SCHEMA,
        "pictures",
        new Bundle.Provenance(
            options, 0, "ab", "cd", 3, List.of("d.jpg: cut short"), Map.of("percept", "0.1")),
        new Bundle.Model(
            "m.onnx", "relu", "Relu", true, 2, 2, 0, 0, 3, 10, List.of(3, 8, 8), "unit"),
        new Bundle.Split(1e-6, 3, 3, true),
        new Bundle.Crops(4, "even", 4),
        "nmf",
        part.reconstruction(),
        null,
        List.of("a warning"),
        List.of(part));
  }

  private static ConceptTree tree(Bundle.Excerpt excerpt) {
    ConceptTree.Effect effect = new ConceptTree.Effect(.7, .6, .8, -1);
    ConceptTree.Node child =
        new ConceptTree.Node(
            List.of(0, 0), .4, "consistent", effect, effect, List.of(excerpt), null);
    ConceptTree.Split split =
        new ConceptTree.Split(
            List.of(3, 0), .2, .9, .95, "affine-exact", "jansen", 2, List.of(child));
    return new ConceptTree(
        .2,
        1,
        List.of(new ConceptTree.Layer("early", "Relu", 5, 4, 4)),
        List.of(
            new ConceptTree.Node(List.of(0), .1, "split", null, effect, List.of(), split),
            new ConceptTree.Node(List.of(1), .3, "consistent", null, effect, List.of(), null)));
  }

  static Map<String, Tensor> maps() {
    return Map.of(
        "class-7/saliency", Tensor.zeros(Shape.of(1, 2, 2, 3)),
        "class-7/occlusion", Tensor.zeros(Shape.of(0, 2, 1, 1)));
  }

  static Importances importances() {
    return new Importances(
        List.of(
            new Importances.OfClass(
                TARGET,
                "affine-exact",
                0,
                true,
                List.of(concept(1, .1 + .2, .9), concept(0, 1e-5, null)))));
  }

  static Importances.OfConcept concept(int id, double total, Double reliability) {
    return new Importances.OfConcept(
        id, total, total, total, .1, .5, 1, 1, reliability, 2, .9, Double.NaN);
  }

  static Map<String, Tensor> dictionary() {
    return Map.of(
        "class-7/dictionary", Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6),
        "class-7/tree-0/dictionary", Tensor.of(Shape.of(1, 5), 1, 2, 3, 4, 5));
  }

  static Map<String, Tensor> codes() {
    return Map.of(
        "class-7/codes", Tensor.zeros(Shape.of(3, 2, 2, 2)),
        "class-7/crops", Tensor.zeros(Shape.of(4, 2)),
        "class-7/importance", Tensor.zeros(Shape.of(3, 2)),
        "class-7/tree-0/codes", Tensor.zeros(Shape.of(2, 1)));
  }

  static Map<String, byte[]> files() {
    return Map.of(
        "excerpts/kite/c0-top-1.jpg", "crop".getBytes(StandardCharsets.UTF_8),
        "pictures/kite/1.jpg", "picture".getBytes(StandardCharsets.UTF_8));
  }

  static Timings timings() {
    return new Timings(List.of(new Timings.Stage("g", 1.5)), 2, 3);
  }

  private static List<Double> three(double value) {
    return List.of(value, value, value);
  }
}
