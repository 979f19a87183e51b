package dev.percept.zoo;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/** The curves that creatures are made of. Angles are in degrees, clockwise on the screen. */
final class Outline {
  private Outline() {}

  static Shape ellipse(double x, double y, double rx, double ry) {
    return new Ellipse2D.Double(x - rx, y - ry, 2 * rx, 2 * ry);
  }

  static Shape circle(double x, double y, double r) {
    return ellipse(x, y, r, r);
  }

  /** {@code shape} turned about a point. */
  static Shape turned(Shape shape, double degrees, double x, double y) {
    AffineTransform turn = AffineTransform.getTranslateInstance(x, y);
    turn.concatenate(turn(degrees));
    turn.translate(-x, -y);
    return turn.createTransformedShape(shape);
  }

  /** A turn about the origin; by StrictMath, so that every platform draws the same bits. */
  static AffineTransform turn(double degrees) {
    double cos = StrictMath.cos(StrictMath.toRadians(degrees));
    double sin = StrictMath.sin(StrictMath.toRadians(degrees));
    return new AffineTransform(cos, sin, -sin, cos, 0, 0);
  }

  /** A closed polygon through x, y, x, y, ... */
  static Path2D polygon(double... xy) {
    Path2D path = polyline(xy);
    path.closePath();
    return path;
  }

  /** An open line through x, y, x, y, ... */
  static Path2D polyline(double... xy) {
    Path2D.Double path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    return path;
  }

  /** A cubic curve from point to point. */
  static Path2D curve(
      double x1, double y1, double cx1, double cy1, double cx2, double cy2, double x2, double y2) {
    Path2D.Double path = new Path2D.Double();
    path.moveTo(x1, y1);
    path.curveTo(cx1, cy1, cx2, cy2, x2, y2);
    return path;
  }

  /** A drop with its tip at {@code x, y}, lying along the positive x axis before it is turned. */
  static Shape drop(double x, double y, double length, double width, double degrees) {
    Path2D.Double path = new Path2D.Double();
    path.moveTo(x, y);
    path.curveTo(x + 0.35 * length, y - 0.9 * width, x + length, y - 1.1 * width, x + length, y);
    path.curveTo(x + length, y + 0.7 * width, x + 0.4 * length, y + 0.35 * width, x, y);
    path.closePath();
    return turned(path, degrees, x, y);
  }

  /** A fan that opens to the left of {@code x, y}: a tail of feathers or a tail fin. */
  static Shape fan(double x, double y, double length, double spread, double degrees) {
    Path2D.Double path = new Path2D.Double();
    path.moveTo(x, y);
    path.quadTo(x - 0.4 * length, y - 0.35 * spread, x - length, y - spread);
    path.quadTo(x - 0.82 * length, y - 0.4 * spread, x - 0.72 * length, y);
    path.quadTo(x - 0.82 * length, y + 0.4 * spread, x - length, y + spread);
    path.quadTo(x - 0.4 * length, y + 0.35 * spread, x, y);
    path.closePath();
    return turned(path, degrees, x, y);
  }

  /** A spiral of {@code turns} from the middle to radius {@code r}. */
  static Shape spiral(double x, double y, double r, double turns, double start) {
    Path2D.Double path = new Path2D.Double();
    int steps = (int) Math.ceil(turns * 24);
    for (int i = 0; i <= steps; i++) {
      double part = (double) i / steps;
      double angle = StrictMath.toRadians(start) + part * turns * 2 * Math.PI;
      double px = x + r * part * StrictMath.cos(angle);
      double py = y + r * part * StrictMath.sin(angle);
      if (i == 0) {
        path.moveTo(px, py);
      } else {
        path.lineTo(px, py);
      }
    }
    return path;
  }

  /** A star with {@code points} points. */
  static Shape star(double x, double y, double r, int points) {
    double[] xy = new double[4 * points];
    for (int i = 0; i < 2 * points; i++) {
      double radius = i % 2 == 0 ? r : 0.45 * r;
      double angle = Math.PI * i / points - Math.PI / 2;
      xy[2 * i] = x + radius * StrictMath.cos(angle);
      xy[2 * i + 1] = y + radius * StrictMath.sin(angle);
    }
    return polygon(xy);
  }
}
