package dev.percept.core;

/**
 * Activations of n examples, location by location; tokens that are no place of the picture are
 * among them.
 *
 * @param values n x L x p, locations in the order of the grid, whatever the layout inside the model
 * @param grid the L locations
 */
public record Activations(Tensor values, Grid grid) {
  public Activations {
    Shape s = values.shape();
    if (s.rank() != 3 || s.dim(1) != grid.size()) {
      throw new IllegalArgumentException(
          "activations: expected n x " + grid.size() + " x p, found " + s);
    }
  }

  /** The number of examples. */
  public int size() {
    return values.rows();
  }

  /** p, the number of features at a location. */
  public int features() {
    return values.shape().dim(2);
  }

  /** All locations of all examples as one (n L) x p matrix; a view. */
  public Tensor matrix() {
    return values.reshape(size() * grid.size(), features());
  }
}
