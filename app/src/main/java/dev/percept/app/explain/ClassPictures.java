package dev.percept.app.explain;

import dev.percept.core.Target;
import dev.percept.image.CropGrid;
import dev.percept.image.Crops;
import dev.percept.image.Pictures;

/**
 * A class whose pictures can be read.
 *
 * @param target the class
 * @param pictures its pictures, as the model takes them
 */
public record ClassPictures(Target target, Pictures pictures) {
  /**
   * Crops of the pictures.
   *
   * @param patch side of a crop; 0 for 2/7 of the input's side
   */
  public Crops crops(int patch, CropGrid.Layout grid) {
    int height = pictures.shape().dim(1);
    int width = pictures.shape().dim(2);
    return new Crops(pictures, patch > 0 ? patch : CropGrid.defaultPatch(width, height), grid);
  }
}
