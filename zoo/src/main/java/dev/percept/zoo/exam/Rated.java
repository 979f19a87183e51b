package dev.percept.zoo.exam;

import dev.percept.core.Grid;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Concepts with their importance by several estimators, to be marked.
 *
 * @param codes n x L x r, how much of each concept is at each location of each picture
 * @param grid the L locations
 * @param ratings one entry an estimator
 */
public record Rated(Tensor codes, Grid grid, List<Rating> ratings) {
  public Rated {
    ratings = List.copyOf(ratings);
    if (ratings.isEmpty()) {
      throw new IllegalArgumentException("ratings: at least 1, found none");
    }
  }

  /**
   * What one estimator says.
   *
   * @param estimator its name
   * @param importance one value a concept, at least 0
   */
  public record Rating(String estimator, List<Double> importance) {
    public Rating {
      importance = List.copyOf(importance);
    }
  }

  /** The concepts as estimator {@code i} has them. */
  Explained by(int i) {
    return new Explained(codes, grid, ratings.get(i).importance());
  }

  /** The names of the estimators. */
  List<String> estimators() {
    List<String> names = new ArrayList<>();
    ratings.forEach(r -> names.add(r.estimator()));
    return names;
  }
}
