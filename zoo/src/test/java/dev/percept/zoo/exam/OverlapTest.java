package dev.percept.zoo.exam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OverlapTest {
  private static final int PIXELS = 100;

  /** Four pictures; part 0 is the first 20 pixels, part 1 the next 30, the rest is nothing. */
  private static byte[] labels() {
    byte[] labels = new byte[4 * PIXELS];
    for (int i = 0; i < labels.length; i++) {
      int at = i % PIXELS;
      labels[i] = (byte) (at < 20 ? 0 : at < 50 ? 1 : -1);
    }
    return labels;
  }

  @Test
  void theMaskItselfIsPerfect() {
    byte[] labels = labels();
    float[] map = new float[labels.length];
    for (int i = 0; i < map.length; i++) {
      map[i] = labels[i] == 0 ? 1 : 0;
    }
    Overlap overlap = Overlap.of(map, labels, 2, PIXELS);
    assertEquals(1, overlap.auroc()[0], 1e-12);
    assertEquals(1, overlap.iou()[0], 1e-12);
    assertEquals(1, overlap.correlation()[0], 1e-9);
    // Part 1 is below or level with everything: of the 70 others, 50 tie, 20 are above.
    assertEquals(0.5 * 50 / 70, overlap.auroc()[1], 1e-12);
  }

  @Test
  void theMaskUpsideDownIsWorst() {
    byte[] labels = labels();
    float[] map = new float[labels.length];
    for (int i = 0; i < map.length; i++) {
      map[i] = labels[i] == 0 ? -3 : -1;
    }
    Overlap overlap = Overlap.of(map, labels, 2, PIXELS);
    assertEquals(0, overlap.auroc()[0], 1e-12);
    assertEquals(-1, overlap.correlation()[0], 1e-9);
    // Whatever the threshold, all or nothing of the picture is taken.
    assertEquals(0.2, overlap.iou()[0], 1e-12);
  }

  @Test
  void aConstantMapIsChance() {
    Overlap overlap = Overlap.of(new float[4 * PIXELS], labels(), 2, PIXELS);
    assertEquals(0.5, overlap.auroc()[0], 1e-12);
    assertEquals(0.5, overlap.auroc()[1], 1e-12);
    assertEquals(0, overlap.correlation()[0], 1e-12);
  }

  @Test
  void noiseIsChance() {
    Random random = new Random(1);
    byte[] labels = new byte[40_000];
    float[] map = new float[labels.length];
    for (int i = 0; i < map.length; i++) {
      labels[i] = (byte) (random.nextInt(4) == 0 ? 0 : -1);
      map[i] = random.nextFloat();
    }
    Overlap overlap = Overlap.of(map, labels, 1, PIXELS);
    // Standard error of the area is about sqrt(1 / (12 * 10,000)) = 0.003; four of them.
    assertEquals(0.5, overlap.auroc()[0], 0.012);
    assertEquals(0, overlap.correlation()[0], 0.02);
  }

  @Test
  void areaIsTheShareOfPairsInOrder() {
    Random random = new Random(2);
    byte[] labels = new byte[PIXELS];
    float[] map = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      labels[i] = (byte) (random.nextInt(3) - 1);
      // Few values, some negative, so that there are ties and signs.
      map[i] = random.nextInt(7) - 3;
    }
    Overlap overlap = Overlap.of(map, labels, 2, PIXELS);
    for (int part = 0; part < 2; part++) {
      double wins = 0;
      double pairs = 0;
      for (int i = 0; i < PIXELS; i++) {
        for (int j = 0; j < PIXELS; j++) {
          if (labels[i] == part && labels[j] != part) {
            pairs++;
            wins += map[i] > map[j] ? 1 : map[i] == map[j] ? 0.5 : 0;
          }
        }
      }
      assertEquals(wins / pairs, overlap.auroc()[part], 1e-12);
    }
  }

  @Test
  void theThresholdComesFromTheOtherHalf() {
    // Even pictures are twice as bright: a threshold that suits them takes nothing of the odd ones.
    byte[] labels = labels();
    float[] map = new float[labels.length];
    for (int i = 0; i < map.length; i++) {
      float brightness = i / PIXELS % 2 == 0 ? 2 : 1;
      map[i] = labels[i] == 0 ? brightness : 0;
    }
    Overlap overlap = Overlap.of(map, labels, 2, PIXELS);
    // From odd to even it fits (1), from even to odd nothing is above 2 (0).
    assertEquals(0.5, overlap.iou()[0], 1e-12);
    assertEquals(1, overlap.auroc()[0], 1e-12);
  }

  @Test
  void aPartWithoutPixelsIsChance() {
    Overlap overlap = Overlap.of(new float[4 * PIXELS], labels(), 3, PIXELS);
    assertEquals(0.5, overlap.auroc()[2]);
    assertEquals(0, overlap.iou()[2]);
    assertEquals(0, overlap.correlation()[2]);
  }

  @Test
  void sizesMustAgree() {
    assertThrows(
        IllegalArgumentException.class, () -> Overlap.of(new float[3], labels(), 2, PIXELS));
  }
}
