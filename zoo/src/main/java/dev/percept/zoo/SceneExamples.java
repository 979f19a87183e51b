package dev.percept.zoo;

import dev.percept.core.Examples;
import dev.percept.core.Shape;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.List;

/** Scenes as inputs of the zoo's models: 3 x 96 x 96, red, green, blue from 0 to 1. */
public final class SceneExamples implements Examples {
  /** The shape of one input. */
  public static final Shape SHAPE = Shape.of(3, Creatures.SIDE, Creatures.SIDE);

  private final List<Scene> scenes;

  /** One input a scene. */
  public SceneExamples(List<Scene> scenes) {
    this.scenes = List.copyOf(scenes);
  }

  /** The scenes, in order. */
  public List<Scene> scenes() {
    return scenes;
  }

  @Override
  public int size() {
    return scenes.size();
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public String name(int index) {
    return scenes.get(index).name();
  }

  @Override
  public void read(int index, FloatBuffer target) {
    target.put(planes(scenes.get(index).draw()));
  }

  /** The values of a picture, colour by colour. */
  static float[] planes(BufferedImage image) {
    int size = image.getWidth() * image.getHeight();
    int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    float[] planes = new float[3 * size];
    for (int i = 0; i < size; i++) {
      planes[i] = ((rgb[i] >> 16) & 0xff) / 255f;
      planes[size + i] = ((rgb[i] >> 8) & 0xff) / 255f;
      planes[2 * size + i] = (rgb[i] & 0xff) / 255f;
    }
    return planes;
  }
}
