package dev.percept.app.exam;

import dev.percept.app.explain.CropBoxes;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.Examples;
import dev.percept.core.Importance;
import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.image.CropGrid;
import dev.percept.image.Crops;
import dev.percept.image.Normalization;
import dev.percept.image.Pictures;
import dev.percept.image.Preprocessing;
import dev.percept.image.ResizeMode;
import dev.percept.methods.craft.Craft;
import dev.percept.methods.importance.AutoImportance;
import dev.percept.zoo.exam.Explained;
import dev.percept.zoo.exam.Explainer;
import java.util.List;
import java.util.function.BiFunction;

/** CRAFT takes the exam, with the crops and options that {@code percept explain} has by default. */
public final class CraftExplainer implements Explainer {
  private final SplitModel model;
  private final Craft craft;
  private final int patch;

  /** Explains {@code model} by {@code extractor}. */
  public CraftExplainer(SplitModel model, ConceptExtractor extractor) {
    this(model, extractor, 0);
  }

  /**
   * Explains {@code model} by {@code extractor}, in crops of another size.
   *
   * @param patch side of a crop in pixels; 0 for the default
   */
  public CraftExplainer(SplitModel model, ConceptExtractor extractor, int patch) {
    this.model = model;
    this.patch = patch;
    this.craft = new Craft(extractor, AutoImportance.defaults(), Craft.Options.DEFAULT);
  }

  @Override
  public Explained explain(Examples pictures, Target target, Run run) {
    return with(pictures, target, run, (concepts, crops) -> codes(concepts));
  }

  /** Codes as maps. */
  Explained codes(Craft.Concepts concepts) {
    return new Explained(concepts.codes(), model.grid(), importance(concepts));
  }

  static List<Double> importance(Craft.Concepts concepts) {
    return concepts.importance().concepts().stream().map(Importance.OfConcept::total).toList();
  }

  /** The concepts of a class. */
  Craft.Concepts find(Examples pictures, Target target, Run run) {
    return with(pictures, target, run, (concepts, crops) -> concepts);
  }

  /** Finds concepts and hands them on with the crops that they were found in. */
  <T> T with(Examples pictures, Target target, Run run, BiFunction<Craft.Concepts, Crops, T> then) {
    int height = pictures.shape().dim(1);
    int width = pictures.shape().dim(2);
    try (WrittenPictures written = WrittenPictures.of(pictures)) {
      Pictures files =
          written.open(Preprocessing.of(pictures.shape(), ResizeMode.FIT, Normalization.UNIT), run);
      int side = patch > 0 ? patch : CropGrid.defaultPatch(width, height);
      Crops crops = new Crops(files, side, CropGrid.Layout.EVEN);
      Craft.Concepts concepts = craft.find(model, files, crops, CropBoxes.of(crops), target, run);
      return then.apply(concepts, crops);
    }
  }
}
