package dev.percept.zoo.exam;

import dev.percept.core.Run;
import dev.percept.zoo.Mask;
import dev.percept.zoo.Part;
import dev.percept.zoo.Scene;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which part is seen at each pixel that is looked at of a set of pictures.
 *
 * @param parts the parts that occur; the labels count them from 0
 * @param labels one a pixel, picture by picture; -1 where no part covers half of it
 * @param pictures how many pictures
 */
@SuppressWarnings("ArrayRecordComponent") // a megabyte of labels, never leaves this package
record PartLabels(List<Part> parts, byte[] labels, int pictures) {
  private static final int SIZE = PixelMap.LOOKED_AT;

  static PartLabels of(List<Scene> scenes, Run run) {
    Set<Part> occurring = new TreeSet<>();
    scenes.forEach(scene -> occurring.addAll(scene.parts()));
    List<Part> parts = new ArrayList<>(occurring);
    byte[] labels = new byte[scenes.size() * SIZE];
    Arrays.fill(labels, (byte) -1);
    run.parallel(
        scenes.size(),
        i -> {
          for (Part part : scenes.get(i).parts()) {
            Mask mask = scenes.get(i).mask(part);
            for (int k = 0; k < SIZE; k++) {
              if (mask.get(PixelMap.pixel(k))) {
                labels[i * SIZE + k] = (byte) parts.indexOf(part);
              }
            }
          }
        });
    return new PartLabels(parts, labels, scenes.size());
  }

  /** In how many pixels a part is seen. */
  long count(Part part) {
    int wanted = parts.indexOf(part);
    long count = 0;
    for (byte label : labels) {
      count += label == wanted ? 1 : 0;
    }
    return count;
  }
}
