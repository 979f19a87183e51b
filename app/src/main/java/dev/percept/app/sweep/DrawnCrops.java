package dev.percept.app.sweep;

import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.image.Crops;
import dev.percept.methods.map.CropBox;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Some crops of each picture. Small crops are many: at 14 of 224 pixels there are 361 a picture,
 * and a pass of the model for each.
 *
 * @param crops all of them
 * @param chosen which, ascending
 */
record DrawnCrops(Crops crops, List<Integer> chosen) implements Examples {
  DrawnCrops {
    chosen = List.copyOf(chosen);
  }

  /** At most {@code most} of each picture, drawn at random where there are more. */
  static DrawnCrops of(Crops crops, int most, Run run) {
    int each = crops.grid().size();
    List<Integer> chosen = new ArrayList<>();
    for (int picture = 0; picture < crops.size() / each; picture++) {
      RandomGenerator random = run.random("sweep.crops." + crops.grid().patch() + "." + picture);
      int wanted = Math.min(most, each);
      for (int i = 0; i < each && wanted > 0; i++) {
        // Selection sampling (Knuth, algorithm S): each subset is as likely as any other.
        if (random.nextInt(each - i) < wanted) {
          chosen.add(picture * each + i);
          wanted--;
        }
      }
    }
    return new DrawnCrops(crops, chosen);
  }

  @Override
  public int size() {
    return chosen.size();
  }

  @Override
  public Shape shape() {
    return crops.shape();
  }

  @Override
  public String name(int index) {
    return crops.name(chosen.get(index));
  }

  @Override
  public void read(int index, FloatBuffer target) {
    crops.read(chosen.get(index), target);
  }

  /** The picture of a crop. */
  int picture(int index) {
    return crops.picture(chosen.get(index));
  }

  /** Where a crop was taken, of the picture with another number. */
  CropBox box(int index, int picture) {
    var box = crops.box(chosen.get(index));
    return new CropBox(picture, box.x(), box.y(), box.width(), box.height());
  }
}
