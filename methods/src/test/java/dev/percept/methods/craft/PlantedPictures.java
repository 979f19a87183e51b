package dev.percept.methods.craft;

import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.methods.map.CropBox;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Inputs of {@link PlantedModel}: each concept is a rectangle of one strength, or missing. Or crops
 * of them: a 3 x 3 part that is doubled in size.
 */
final class PlantedPictures implements Examples {
  private static final int SIDE = PlantedModel.SIDE;
  private static final int PLACES = SIDE * SIDE;
  private static final int EACH = PlantedModel.CONCEPTS * PLACES;
  private static final int PATCH = 3;

  private final List<float[]> inputs;

  private PlantedPictures(List<float[]> inputs) {
    this.inputs = inputs;
  }

  static PlantedPictures of(int n) {
    List<float[]> inputs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      RandomGenerator random = Run.of(i).random("planted.picture");
      float[] planes = new float[EACH];
      for (int k = 0; k < PlantedModel.CONCEPTS; k++) {
        int top = random.nextInt(4);
        int left = random.nextInt(4);
        // Concept k is stronger the smaller k; now and then it is missing.
        float strength =
            random.nextInt(5) == 0 ? 0 : (0.5f + random.nextFloat()) * (PlantedModel.CONCEPTS - k);
        for (int y = top; y < top + PATCH; y++) {
          for (int x = left; x < left + PATCH; x++) {
            planes[(k * SIDE + y) * SIDE + x] = strength;
          }
        }
      }
      inputs.add(planes);
    }
    return new PlantedPictures(inputs);
  }

  /** The same pictures without one concept. */
  PlantedPictures without(int concept) {
    List<float[]> less = new ArrayList<>();
    for (float[] planes : inputs) {
      float[] copy = planes.clone();
      Arrays.fill(copy, concept * PLACES, (concept + 1) * PLACES, 0);
      less.add(copy);
    }
    return new PlantedPictures(less);
  }

  /** The nine crops of each picture, numbered picture by picture. */
  PlantedPictures crops() {
    List<float[]> crops = new ArrayList<>();
    for (CropBox box : boxes()) {
      float[] from = inputs.get(box.picture());
      float[] to = new float[EACH];
      for (int i = 0; i < EACH; i++) {
        int y = (int) box.y() + i / SIDE % SIDE / 2;
        int x = (int) box.x() + i % SIDE / 2;
        to[i] = from[(i / PLACES * SIDE + y) * SIDE + x];
      }
      crops.add(to);
    }
    return new PlantedPictures(crops);
  }

  /** Where {@link #crops} are taken: corners at 0, 1 and 3. */
  List<CropBox> boxes() {
    int[] at = {0, 1, 3};
    return IntStream.range(0, inputs.size() * 9)
        .mapToObj(i -> new CropBox(i / 9, at[i % 3], at[i / 3 % 3], PATCH, PATCH))
        .toList();
  }

  /** The planted strength of a concept, averaged over the places of a picture. */
  double strength(int picture, int concept) {
    double sum = 0;
    for (int l = 0; l < PLACES; l++) {
      sum += inputs.get(picture)[concept * PLACES + l];
    }
    return sum / PLACES;
  }

  @Override
  public int size() {
    return inputs.size();
  }

  @Override
  public Shape shape() {
    return Shape.of(PlantedModel.CONCEPTS, SIDE, SIDE);
  }

  @Override
  public String name(int index) {
    return "picture " + index;
  }

  @Override
  public void read(int index, FloatBuffer target) {
    target.put(inputs.get(index));
  }
}
