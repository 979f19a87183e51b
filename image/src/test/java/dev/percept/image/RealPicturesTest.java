package dev.percept.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Labels;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.testkit.RealData;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("realdata")
class RealPicturesTest {
  private static final Preprocessing PREPROCESSING =
      Preprocessing.of(Shape.of(3, 224, 224), ResizeMode.CROP, Normalization.MINUS_ONE_ONE);

  @Test
  void everyPhotographOfImagenetteIsReadAndBelongsToAClass() {
    Labels labels = LabelFile.read(RealData.path("images/imagenet_classes.tsv"));
    assertEquals(1000, labels.size());
    assertEquals(134, labels.resolve("crane (bird)").index());
    PictureFolder folder = PictureFolder.scan(RealData.path("images/imagenette"));
    assertEquals(5, folder.classes().size());
    for (String name : folder.classes()) {
      assertTrue(labels.matchFolder(name).isPresent(), name);
    }
    assertEquals(OptionalInt.of(701), labels.matchFolder("n03888257_parachute"));
    Pictures pictures = Pictures.open(folder, PREPROCESSING, Run.of(0));
    assertEquals(500, pictures.size());
    assertEquals(List.of(), pictures.skipped());
    Crops crops = new Crops(pictures, 64, CropGrid.Layout.EVEN);
    assertEquals(8000, crops.size());
    assertTrue(crops.batch(7990, 8000).isFinite());
  }

  @Test
  void photographsOfEverySizeAreRead() {
    for (String path : List.of("images/flowers/daisy", "images/openimages", "images/cifar10")) {
      Pictures pictures =
          Pictures.open(PictureFolder.scan(RealData.path(path)), PREPROCESSING, Run.of(0));
      assertEquals(List.of(), pictures.skipped());
      for (int i = 0; i < pictures.size(); i++) {
        double sum = 0;
        for (float v : pictures.batch(i, i + 1).toArray()) {
          assertTrue(v >= -1 && v <= 1);
          sum += v;
        }
        double mean = sum / (3 * 224 * 224);
        assertTrue(mean > -0.98 && mean < 0.98, pictures.name(i) + " is not blank: " + mean);
      }
    }
  }
}
