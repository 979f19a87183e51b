package dev.percept.app.exam;

import dev.percept.app.explain.CropBoxes;
import dev.percept.app.explain.TemporaryFolder;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.Examples;
import dev.percept.core.Importance;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.image.CropGrid;
import dev.percept.image.Crops;
import dev.percept.image.Normalization;
import dev.percept.image.PictureFolder;
import dev.percept.image.Pictures;
import dev.percept.image.Preprocessing;
import dev.percept.image.ResizeMode;
import dev.percept.methods.craft.Craft;
import dev.percept.methods.importance.AutoImportance;
import dev.percept.zoo.exam.Explained;
import dev.percept.zoo.exam.Explainer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import javax.imageio.ImageIO;

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
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      for (int i = 0; i < pictures.size(); i++) {
        write(pictures, i, folder.path().resolve(String.format(Locale.ROOT, "%06d.png", i)));
      }
      Pictures files =
          Pictures.open(
              PictureFolder.scan(folder.path()),
              Preprocessing.of(pictures.shape(), ResizeMode.FIT, Normalization.UNIT),
              run);
      int side = patch > 0 ? patch : CropGrid.defaultPatch(width, height);
      Crops crops = new Crops(files, side, CropGrid.Layout.EVEN);
      Craft.Concepts concepts = craft.find(model, files, crops, CropBoxes.of(crops), target, run);
      return then.apply(concepts, crops);
    }
  }

  /** Planes from 0 to 1 as the 8-bit picture that they were made from. */
  private static void write(Examples pictures, int index, Path file) {
    int height = pictures.shape().dim(1);
    int width = pictures.shape().dim(2);
    FloatBuffer planes = FloatBuffer.allocate(pictures.shape().size());
    pictures.read(index, planes);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int size = width * height;
    for (int i = 0; i < size; i++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        rgb = (rgb << 8) | Math.round(255 * planes.get(c * size + i));
      }
      image.setRGB(i % width, i / width, rgb);
    }
    try {
      if (!ImageIO.write(image, "png", file.toFile())) {
        throw new IllegalStateException("every JDK writes PNG");
      }
    } catch (IOException e) {
      throw new PerceptException(
          "no room for the pictures of the exam in the folder for temporary files ("
              + e.getMessage()
              + "); free some, or name another with -Djava.io.tmpdir",
          e);
    }
  }
}
