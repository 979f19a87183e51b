package dev.percept.zoo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.util.ArrayList;
import java.util.List;

/** Collects layers, from the back to the front, in the coordinates of a pose. */
final class Sketch {
  private static final double OUTLINE = 0.045;
  private final List<Layer> layers = new ArrayList<>();
  private AffineTransform pose = new AffineTransform();

  /** From now on, shapes are in coordinates that {@code pose} maps to pixels. */
  void pose(AffineTransform pose) {
    this.pose = pose;
  }

  /** A filled shape. */
  void fill(Part part, Shape shape, Paint paint) {
    layers.add(new Layer(part, pose.createTransformedShape(shape), paint));
  }

  /** A filled shape with a darker rim. */
  void rimmed(Part part, Shape shape, Color color) {
    fill(part, shape, color);
    line(part, shape, OUTLINE, Coat.darker(color));
  }

  /** A line of some width with round ends. */
  void line(Part part, Shape path, double width, Color color) {
    BasicStroke pen = new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    fill(part, pen.createStrokedShape(path), color);
  }

  /** A line of some width with a darker rim: a limb. */
  void limb(Part part, Shape path, double width, Color color) {
    line(part, path, width + 1.6 * OUTLINE, Coat.darker(color));
    line(part, path, width, color);
  }

  /** What of {@code shape} lies on {@code ground}: a pattern. */
  void on(Part part, Shape ground, Shape shape, Color color) {
    Area area = new Area(shape);
    area.intersect(new Area(ground));
    fill(part, area, color);
  }

  List<Layer> layers() {
    return List.copyOf(layers);
  }
}
