package dev.percept.app;

import dev.percept.app.explain.CropBoxes;
import dev.percept.core.Importance;
import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.image.Crops;
import dev.percept.image.Normalization;
import dev.percept.image.PictureFolder;
import dev.percept.image.Pictures;
import dev.percept.image.Preprocessing;
import dev.percept.image.ResizeMode;
import dev.percept.methods.craft.Craft;
import dev.percept.methods.craft.CraftResult;
import java.nio.file.Path;

/** The Java program of README.md; {@link ReadmeTest} compares the lines and runs them. */
final class ReadmeProgram {
  private ReadmeProgram() {}

  static void explain(Path file, Path photos, Target target) {
    // README begins
    Run run = Run.of(0); // a seed, all cores
    try (SplitModel model = OnnxEngine.open(file)) {
      var preprocessing = Preprocessing.of(model.inputShape(), ResizeMode.FIT, Normalization.UNIT);
      var pictures = Pictures.open(PictureFolder.scan(photos), preprocessing, run);
      var crops = Crops.of(pictures);
      CraftResult found =
          Craft.of(10).explain(model, pictures, crops, CropBoxes.of(crops), target, run);
      for (Importance.OfConcept concept : found.importance().concepts()) {
        System.out.println(concept.total() + " of " + target.label() + "'s logit");
      }
      System.out.println("accuracy kept: " + found.answers().rebuilt());
    }
    // README ends
  }
}
