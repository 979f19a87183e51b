package dev.percept.fact.bcos;

import dev.percept.core.Grid;
import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A network without weights: parts one after the other.
 *
 * @param stages the last makes the logits
 * @param completeAtInput whether nothing is added on the way that does not depend on the input
 */
record Plan(List<Stage> stages, boolean completeAtInput) {
  Plan {
    stages = List.copyOf(stages);
  }

  /**
   * A part, behind which the network may be cut.
   *
   * @param part the part
   * @param place what comes out, null where the network cannot be cut
   */
  record Stage(Part part, @Nullable Place place) {}

  /**
   * A place where a network can be cut.
   *
   * @param name as in a state dict, the last block of a stage having the name of the stage
   * @param alias another name for the same place, or the same again
   * @param grid the locations of what comes out
   * @param features how many values a location has
   * @param tokens whether they lie as n x L x p, not as n x p x rows x columns
   */
  record Place(String name, String alias, Grid grid, int features, boolean tokens) {
    /** The shape of one picture's activations. */
    Shape each() {
      return Shape.of(grid.size(), features);
    }

    /** Location by location, n x L x features. */
    Tensor rows(Tensor map) {
      return tokens ? map : map.flatten(2, -1).transpose(1, 2);
    }

    /** As the network has it, from n x L x features. */
    Tensor map(Tensor rows) {
      return tokens
          ? rows
          : rows.transpose(1, 2).reshape(-1, features, grid.rows(), grid.columns()).contiguous();
    }
  }

  /** What the network needs, in the order of a state dict. */
  List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>();
    stages.forEach(s -> all.addAll(s.part().parameters()));
    return all;
  }

  /** Names of the places where it can be cut, from the input to the output. */
  List<String> layers() {
    List<String> names = new ArrayList<>();
    for (Stage s : stages) {
      Place place = s.place();
      if (place != null) {
        names.add(place.name());
      }
    }
    return names;
  }

  /**
   * The step behind which {@code layer} lies.
   *
   * @throws PerceptException if there is no such place
   */
  int find(String layer) {
    for (int i = 0; i < stages.size(); i++) {
      Place place = stages.get(i).place();
      if (place != null && (place.name().equals(layer) || place.alias().equals(layer))) {
        return i;
      }
    }
    throw new PerceptException(
        "this B-cos network has no layer '"
            + layer
            + "' to be cut at; it has "
            + String.join(", ", layers()));
  }

  /** What comes out of step {@code index}, where the network can be cut. */
  Place place(int index) {
    Place place = stages.get(index).place();
    if (place == null) {
      throw new IllegalArgumentException("step " + index + ": the network cannot be cut there");
    }
    return place;
  }
}
