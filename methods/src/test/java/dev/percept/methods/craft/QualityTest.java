package dev.percept.methods.craft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Target;
import dev.percept.methods.factorization.Nmf;
import dev.percept.methods.importance.AutoImportance;
import dev.percept.methods.map.CropBox;
import dev.percept.methods.metric.Reconstruction;
import dev.percept.methods.sweep.Measured;
import dev.percept.methods.sweep.Quality;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The figures of a sweep on {@link PlantedModel}, beside those of CRAFT itself. */
class QualityTest {
  private static final Target TARGET = new Target(2, "two");
  private static final Run RUN = Run.of(4);

  private final PlantedModel model = PlantedModel.affine();
  private final PlantedPictures pictures = PlantedPictures.of(20);
  private final List<Integer> of = pictures.boxes().stream().map(CropBox::picture).toList();

  private Quality quality(int concepts) {
    return quality(concepts, found(concepts));
  }

  private Craft.Concepts found(int concepts) {
    return Craft.of(concepts)
        .find(model, pictures, pictures.crops(), pictures.boxes(), TARGET, RUN);
  }

  private Quality quality(int concepts, Craft.Concepts found) {
    return Quality.of(
        model,
        found,
        of,
        TARGET,
        new Quality.Options(Nmf.of(concepts), AutoImportance.defaults(), 2),
        RUN);
  }

  @Test
  void figuresAreThoseOfTheExplanation() {
    Craft.Concepts found = found(4);
    Quality quality = quality(4, found);
    // Summed by picture or by feature: float64 sums in another order.
    assertEquals(
        Reconstruction.of(found.activations(), found.bank(), RUN).r2(),
        quality.cropR2().value(),
        1e-9);
    assertEquals(
        Reconstruction.of(found.activations(), found.random(), RUN).r2(),
        quality.cropR2().chance(),
        1e-9);
    assertEquals(found.reconstruction().r2(), quality.pictureR2().value(), 1e-9);
    assertEquals("affine-exact", quality.estimator());
    for (Measured m :
        List.of(
            quality.cropR2(),
            quality.pictureR2(),
            quality.consistency(),
            quality.stability(),
            quality.carrying(),
            quality.effective(),
            quality.kept())) {
      assertTrue(m.low() <= m.value() + 1e-9 && m.value() <= m.high() + 1e-9, m.toString());
      assertTrue(Double.isFinite(m.chance()), m.toString());
    }
    assertTrue(quality.stability().value() > quality.stability().chance());
    assertTrue(quality.consistency().value() > quality.consistency().chance());
    assertEquals(1, quality.kept().value(), "planted concepts rebuild what decides");
  }

  @Test
  void tooFewConceptsKeepLess() {
    Quality enough = quality(4);
    Quality few = quality(2);
    assertTrue(few.cropR2().high() < enough.cropR2().low(), few.cropR2().toString());
    assertTrue(few.effective().value() <= 2 + 1e-9);
    assertTrue(enough.effective().value() <= 4 + 1e-9);
  }

  @Test
  void theSameSeedGivesTheSame() {
    assertEquals(quality(3), quality(3));
  }
}
