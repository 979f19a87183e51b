package dev.percept.onnx;

import dev.percept.core.Grid;
import org.jspecify.annotations.Nullable;

/**
 * Which entries along an axis are patches of the picture and which are tokens of their own.
 *
 * @param axis the axis of the tokens
 * @param rows of the map that the patches were laid out from; 0 where that is not known
 * @param columns of that map
 * @param leading tokens before the patches
 * @param patches how many there are, perhaps fewer than {@code rows x columns}
 * @param trailing tokens behind the patches
 */
record Tokens(int axis, int rows, int columns, int leading, int patches, int trailing) {
  /** Tokens that are no patches: what does not depend on the picture. */
  static Tokens special(int axis, int count) {
    return new Tokens(axis, 0, 0, count, 0, 0);
  }

  int size() {
    return leading + patches + trailing;
  }

  /** Along another axis. */
  Tokens at(int other) {
    return new Tokens(other, rows, columns, leading, patches, trailing);
  }

  /**
   * These and {@code next} behind them; null where tokens of their own then stand among patches.
   */
  @Nullable Tokens then(Tokens next) {
    boolean known = patches > 0;
    int r = known ? rows : next.rows;
    int c = known ? columns : next.columns;
    if (patches == 0) {
      return new Tokens(axis, r, c, size() + next.leading, next.patches, next.trailing);
    }
    if (next.patches == 0) {
      return new Tokens(axis, r, c, leading, patches, trailing + next.size());
    }
    return trailing == 0 && next.leading == 0
        ? new Tokens(axis, r, c, leading, patches + next.patches, next.trailing)
        : null;
  }

  /** {@code count} of them from {@code from} on. */
  Tokens part(int from, int count) {
    int to = from + count;
    int first = overlap(from, to, 0, leading);
    int inside = overlap(from, to, leading, leading + patches);
    int last = overlap(from, to, leading + patches, size());
    return inside == 0
        ? new Tokens(axis, rows, columns, first + last, 0, 0)
        : new Tokens(axis, rows, columns, first, inside, last);
  }

  private static int overlap(int from, int to, int low, int high) {
    return Math.max(0, Math.min(to, high) - Math.max(from, low));
  }

  /** Whether an entry is no patch. */
  boolean isSpecial(long entry) {
    return entry < leading || entry >= leading + patches;
  }

  /**
   * The places and the other tokens; null where the patches cannot be laid out as a map.
   *
   * @param square whether patches of an unknown layout may be taken for a square
   */
  @Nullable Grid grid(boolean square) {
    if (patches == 0) {
      return null;
    }
    if (rows > 0 && rows * columns == patches) {
      return new Grid(rows, columns, leading, trailing);
    }
    int side = (int) Math.round(Math.sqrt(patches));
    return square && side * side == patches ? new Grid(side, side, leading, trailing) : null;
  }
}
