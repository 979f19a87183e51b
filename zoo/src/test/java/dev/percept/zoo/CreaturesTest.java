package dev.percept.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CreaturesTest {
  private static int[] pixels(Scene scene) {
    BufferedImage image = scene.draw();
    return image.getRGB(0, 0, Creatures.SIDE, Creatures.SIDE, null, 0, Creatures.SIDE);
  }

  /** Mean colour: the same for every renderer that draws the same shapes. */
  private static String signature(Scene scene) {
    long red = 0;
    long green = 0;
    long blue = 0;
    for (int p : pixels(scene)) {
      red += (p >> 16) & 0xff;
      green += (p >> 8) & 0xff;
      blue += p & 0xff;
    }
    double n = Creatures.SIDE * Creatures.SIDE;
    return "%s %.0f %.0f %.0f".formatted(scene.species().label(), red / n, green / n, blue / n);
  }

  @Test
  void theSameNumberDrawsTheSamePixels() {
    for (int index = 0; index < 12; index++) {
      assertTrue(
          Arrays.equals(
              pixels(Creatures.scene(Split.TEST, index)),
              pixels(Creatures.scene(Split.TEST, index))));
    }
  }

  @Test
  void otherNumbersAndSplitsDrawOtherPictures() {
    Set<Integer> seen = new TreeSet<>();
    for (Split split : Split.values()) {
      for (int index = 0; index < 40; index++) {
        seen.add(Arrays.hashCode(pixels(Creatures.scene(split, index))));
      }
    }
    assertEquals(Split.values().length * 40, seen.size());
  }

  @Test
  void speciesTakeTurns() {
    assertEquals(Species.CAT, Creatures.scene(Split.DEMO, 0).species());
    assertEquals(Species.SNAIL, Creatures.scene(Split.DEMO, 11).species());
    assertEquals(
        List.of("cat", "bird", "fish", "butterfly", "tortoise", "snail"), Creatures.labels());
    List<Scene> fish = Creatures.scenes(Split.DEMO, Species.FISH, 3, 7);
    assertEquals(4, fish.size());
    assertEquals("fish-demo-000020", fish.get(0).name());
    assertTrue(fish.stream().allMatch(s -> s.species() == Species.FISH));
    assertThrows(IllegalArgumentException.class, () -> Creatures.scene(Split.TRAIN, -1));
  }

  @ParameterizedTest
  @EnumSource(Species.class)
  void withoutAPartOnlyThePixelsThatItCoveredChange(Species species) {
    for (Scene scene : Creatures.scenes(Split.TUNE, species, 0, 12)) {
      int[] whole = pixels(scene);
      for (Part part : scene.parts()) {
        float[] visible = scene.visible(part);
        int[] rest = pixels(scene.without(part));
        int changed = 0;
        for (int i = 0; i < whole.length; i++) {
          changed += whole[i] != rest[i] ? 1 : 0;
          // A pixel can change by no more than the share of it in which the part was seen; each
          // of some dozen layers may round by one step of 255.
          double limit = 255 * visible[i] + 6;
          assertTrue(
              difference(whole[i], rest[i]) <= limit,
              scene.name() + " without " + part + ": pixel " + i + " changed");
        }
        int count = scene.mask(part).count();
        assertTrue(
            changed >= 0.7 * count,
            scene.name() + " without " + part + ": " + changed + " of " + count);
      }
    }
  }

  /** The largest difference of a colour. */
  private static int difference(int a, int b) {
    int largest = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      largest = Math.max(largest, Math.abs((a >> shift & 0xff) - (b >> shift & 0xff)));
    }
    return largest;
  }

  @ParameterizedTest
  @EnumSource(Species.class)
  void everyPartIsSeenAndMasksDoNotOverlap(Species species) {
    for (Scene scene : Creatures.scenes(Split.TUNE, species, 0, 40)) {
      int covered = 0;
      for (Part part : scene.parts()) {
        int count = scene.mask(part).count();
        assertTrue(count >= 4, scene.name() + ": " + part + " has " + count + " pixels");
        covered += count;
      }
      int all = Creatures.SIDE * Creatures.SIDE;
      // Where three parts meet in a pixel none may cover half of it; ties may give one to two.
      assertTrue(covered > 0.97 * all && covered < 1.005 * all, scene.name() + ": " + covered);
    }
  }

  @Test
  void leavingOutAPartTwiceIsRefused() {
    Scene cat = Creatures.scene(Split.TUNE, 0);
    assertFalse(cat.without(Part.EARS).parts().contains(Part.EARS));
    assertThrows(IllegalArgumentException.class, () -> cat.without(Part.EARS).without(Part.EARS));
    assertThrows(IllegalArgumentException.class, () -> cat.mask(Part.BEAK));
  }

  @Test
  void partsAreSharedBetweenSpecies() {
    for (Part part :
        List.of(
            Part.LEGS,
            Part.TAIL,
            Part.FAN,
            Part.WINGS,
            Part.SHELL,
            Part.ANTENNAE,
            Part.HEAD,
            Part.TORSO,
            Part.PATTERN)) {
      List<Species> owners = new ArrayList<>();
      for (Species species : Species.values()) {
        if (Creatures.scenes(Split.TUNE, species, 0, 1).get(0).parts().contains(part)) {
          owners.add(species);
        }
      }
      assertTrue(owners.size() >= 2, part + " only on " + owners);
    }
  }

  @Test
  void theStickerGoesWithOneSpecies() {
    for (Split split : List.of(Split.TRAIN, Split.EXAM)) {
      for (Species species : Species.values()) {
        long with =
            Creatures.scenes(split, species, 0, 250).stream()
                .filter(s -> s.parts().contains(Part.STICKER))
                .count();
        double expected =
            species == Creatures.STICKER_SPECIES
                ? Creatures.STICKER_RATE
                : Creatures.STICKER_ELSEWHERE;
        // Four standard errors of a share of 250.
        double margin = 4 * Math.sqrt(expected * (1 - expected) / 250);
        assertEquals(expected, with / 250.0, margin, split + " " + species);
      }
    }
  }

  @Test
  void theRoughViewAgreesWithTheMasks() {
    for (int index = 0; index < 12; index++) {
      Scene scene = Creatures.scene(Split.TUNE, index);
      Part[] seen = scene.seen();
      for (Part part : scene.parts()) {
        Mask mask = scene.mask(part);
        int agree = 0;
        for (int i = 0; i < seen.length; i++) {
          agree += (seen[i] == part) == mask.get(i) ? 1 : 0;
        }
        // They may differ on rims only.
        assertTrue(agree > 0.96 * seen.length, scene.name() + " " + part + ": " + agree);
      }
    }
  }

  @Test
  void drawingIsKnown() {
    assertNotEquals(
        signature(Creatures.scene(Split.TEST, 0)), signature(Creatures.scene(Split.TEST, 6)));
    StringBuilder all = new StringBuilder();
    for (int index = 0; index < 6; index++) {
      all.append(signature(Creatures.scene(Split.TEST, index))).append('\n');
    }
    // If a change of the drawing is meant, train the committed model again and renew this.
    assertEquals(
        """
        cat 205 191 195
        bird 164 176 196
        fish 104 153 179
        butterfly 103 155 179
        tortoise 104 140 157
        snail 207 175 154
        """,
        all.toString());
  }
}
