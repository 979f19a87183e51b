package dev.percept.report;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.BundleReader;
import dev.percept.bundle.BundleWriter;
import dev.percept.bundle.Importances;
import dev.percept.bundle.LoadedBundle;
import dev.percept.bundle.StagedBundle;
import dev.percept.bundle.Timings;
import dev.percept.core.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whole bundles for looking at the page and for testing it: drawn pictures, codes where the things
 * are, contributions that add up, curves that follow from them. The same spec gives the same bytes.
 */
final class SyntheticBundle {
  private SyntheticBundle() {}

  /**
   * What to make.
   *
   * @param labels one a class
   * @param concepts r
   * @param pictures n of each class
   * @param shown how many of them are kept in the bundle
   * @param side of a picture in pixels
   * @param grid rows and columns of the map
   * @param affine whether the head is affine: else importance is sampled and no scores are kept
   * @param settled whether the ranking is settled
   * @param bias added to every logit of the class: a low one makes the model miss the class
   * @param warning said of the run and of each class; blank for none
   * @param chosen whether the number of concepts was chosen: one fewer in each further class
   * @param extended whether there are maps by two methods and a tree
   */
  record Spec(
      List<String> labels,
      int concepts,
      int pictures,
      int shown,
      int side,
      int grid,
      boolean affine,
      boolean settled,
      double bias,
      String warning,
      boolean chosen,
      boolean extended) {
    static Spec plain() {
      return new Spec(List.of("kite"), 6, 80, 24, 224, 7, true, true, 0, "", false, false);
    }

    Spec labels(String... values) {
      return new Spec(
          List.of(values),
          concepts,
          pictures,
          shown,
          side,
          grid,
          affine,
          settled,
          bias,
          warning,
          chosen,
          extended);
    }

    Spec concepts(int r) {
      return new Spec(
          labels, r, pictures, shown, side, grid, affine, settled, bias, warning, chosen, extended);
    }

    Spec pictures(int n, int k) {
      return new Spec(
          labels, concepts, n, k, side, grid, affine, settled, bias, warning, chosen, extended);
    }

    Spec map(int pixels, int g) {
      return new Spec(
          labels, concepts, pictures, shown, pixels, g, affine, settled, bias, warning, chosen,
          extended);
    }

    Spec sampled(boolean whole) {
      return new Spec(
          labels, concepts, pictures, shown, side, grid, false, whole, bias, warning, chosen,
          extended);
    }

    Spec byData() {
      return new Spec(
          labels, concepts, pictures, shown, side, grid, affine, settled, bias, warning, true,
          extended);
    }

    Spec biased(double b) {
      return new Spec(
          labels, concepts, pictures, shown, side, grid, affine, settled, b, warning, chosen,
          extended);
    }

    Spec warned(String w) {
      return new Spec(
          labels, concepts, pictures, shown, side, grid, affine, settled, bias, w, chosen,
          extended);
    }

    /** With maps by two methods, and concepts that were taken apart. */
    Spec withMapsAndTree() {
      return new Spec(
          labels, concepts, pictures, shown, side, grid, affine, settled, bias, warning, chosen,
          true);
    }
  }

  /** Writes the bundle to {@code dir}, with its page, and reads it back. */
  static LoadedBundle write(Path dir, Spec spec) {
    Map<String, Tensor> dictionary = new TreeMap<>();
    Map<String, Tensor> codes = new TreeMap<>();
    Map<String, Tensor> maps = new TreeMap<>();
    Map<String, byte[]> files = new TreeMap<>();
    List<Bundle.ClassPart> parts = new ArrayList<>();
    List<Importances.OfClass> importances = new ArrayList<>();
    for (int i = 0; i < spec.labels().size(); i++) {
      SyntheticClass made = new SyntheticClass(spec, i);
      parts.add(made.part());
      importances.add(made.importance());
      dictionary.putAll(made.dictionary());
      codes.putAll(made.codes());
      maps.putAll(made.maps());
      files.putAll(made.files());
    }
    Map<String, String> options = new LinkedHashMap<>();
    options.put("class", String.join(",", spec.labels()));
    options.put("concepts", spec.chosen() ? "auto" : Integer.toString(spec.concepts()));
    options.put("images", "pictures");
    options.put("model", "drawn-net.onnx");
    options.put("seed", "7");
    Bundle bundle =
        new Bundle(
            Bundle.SCHEMA,
            "pictures",
            new Bundle.Provenance(
                options,
                7,
                "9c1f4e0a77d25b3c61e8a90f3d4472be05ac1979e6f3d81027c46a8e5f19b7d2",
                "51ab03c9d2e8f7460b1a5c3d9e8f70214365a7b8c9d0e1f2a3b4c5d6e7f80c3f",
                spec.pictures() * spec.labels().size(),
                List.of("broken.jpg: it ends after 312 bytes", "notes.txt: not a picture"),
                new TreeMap<>(
                    Map.of("java", "17.0.15", "onnxruntime", "1.29.0", "percept", "0.1.0"))),
            new Bundle.Model(
                "drawn-net.onnx",
                "features.18",
                "Relu",
                true,
                spec.grid(),
                spec.grid(),
                0,
                0,
                SyntheticClass.FEATURES,
                1000,
                List.of(3, spec.side(), spec.side()),
                "imagenet"),
            new Bundle.Split(3.1e-6, 18.4, spec.pictures(), true),
            new Bundle.Crops(Math.round(spec.side() * 2 / 7f), "even", 16),
            "nmf",
            parts.size() == 1 ? parts.get(0).reconstruction() : null,
            parts.size() == 1 ? parts.get(0).accuracy() : null,
            spec.warning().isEmpty() ? List.of() : List.of(spec.warning()),
            parts);
    try (StagedBundle staged =
        BundleWriter.stage(
            dir, bundle, new Importances(importances), dictionary, codes, maps, files)) {
      ReportPage.write(
          staged.load(), dev.percept.bundle.Names.NONE, staged.folder().resolve("report.html"));
      staged.commit(new Timings(List.of(new Timings.Stage("g", 40)), 41, 700_000_000));
    }
    return BundleReader.read(dir);
  }
}
