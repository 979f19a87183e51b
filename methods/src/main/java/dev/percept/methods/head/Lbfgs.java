package dev.percept.methods.head;

import dev.percept.core.Run;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Limited-memory BFGS with a backtracking line search, for smooth convex functions of some thousand
 * variables (Liu and Nocedal, Mathematical Programming 45, 1989). It is written here because line
 * searches by values alone, as the conjugate gradients of the library at hand make them, ask for
 * the function some ten times more often, and a fit is made about a hundred times.
 *
 * @param iterations at most
 * @param tolerance stops where no part of the gradient is larger
 */
record Lbfgs(int iterations, double tolerance) {
  private static final int MEMORY = 10;

  /** Sufficient decrease (Armijo). */
  private static final double DECREASE = 1e-4;

  private static final int HALVINGS = 40;

  /** A function with its gradient. */
  interface Objective {
    /** The value at {@code x}; writes the gradient. */
    double at(double[] x, double[] gradient);
  }

  /** Where the last steps went, and how the gradient changed on them. */
  private static final class Step {
    private final double[] move;
    private final double[] change;
    private final double product;

    Step(double[] move, double[] change, double product) {
      this.move = move;
      this.change = change;
      this.product = product;
    }
  }

  /** The minimum from {@code start} on, which is not modified. */
  double[] minimize(Objective objective, double[] start, Run run) {
    double[] x = start.clone();
    double[] gradient = new double[x.length];
    double value = objective.at(x, gradient);
    Deque<Step> memory = new ArrayDeque<>();
    for (int i = 0; i < iterations && largest(gradient) > tolerance; i++) {
      run.throwIfCancelled();
      double[] direction = direction(gradient, memory);
      double slope = dot(direction, gradient);
      if (!(slope < 0)) {
        memory.clear();
        direction = direction(gradient, memory);
        slope = dot(direction, gradient);
      }
      double step = memory.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
      double[] next = new double[x.length];
      double[] nextGradient = new double[x.length];
      double nextValue = Double.POSITIVE_INFINITY;
      for (int h = 0; h < HALVINGS; h++, step /= 2) {
        for (int j = 0; j < x.length; j++) {
          next[j] = x[j] + step * direction[j];
        }
        nextValue = objective.at(next, nextGradient);
        if (nextValue <= value + DECREASE * step * slope) {
          break;
        }
      }
      if (!(nextValue < value)) {
        return x;
      }
      remember(memory, x, next, gradient, nextGradient);
      x = next;
      value = nextValue;
      gradient = nextGradient;
    }
    return x;
  }

  /** The two loops. */
  private static double[] direction(double[] gradient, Deque<Step> memory) {
    double[] q = new double[gradient.length];
    Arrays.setAll(q, j -> -gradient[j]);
    double[] alphas = new double[memory.size()];
    int i = memory.size();
    for (Iterator<Step> newest = memory.descendingIterator(); newest.hasNext(); ) {
      Step step = newest.next();
      alphas[--i] = dot(step.move, q) / step.product;
      add(q, -alphas[i], step.change);
    }
    Step last = memory.peekLast();
    if (last != null) {
      double scale = last.product / dot(last.change, last.change);
      Arrays.setAll(q, j -> q[j] * scale);
    }
    for (Step step : memory) {
      double beta = dot(step.change, q) / step.product;
      add(q, alphas[i++] - beta, step.move);
    }
    return q;
  }

  private static void remember(
      Deque<Step> memory, double[] x, double[] next, double[] gradient, double[] nextGradient) {
    double[] move = new double[x.length];
    double[] change = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      move[j] = next[j] - x[j];
      change[j] = nextGradient[j] - gradient[j];
    }
    double product = dot(move, change);
    if (product > 1e-12 * dot(change, change)) {
      memory.addLast(new Step(move, change, product));
      if (memory.size() > MEMORY) {
        memory.removeFirst();
      }
    }
  }

  private static double largest(double[] v) {
    double max = 0;
    for (double value : v) {
      max = Math.max(max, Math.abs(value));
    }
    return max;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private static void add(double[] to, double factor, double[] what) {
    for (int j = 0; j < to.length; j++) {
      to[j] += factor * what[j];
    }
  }
}
