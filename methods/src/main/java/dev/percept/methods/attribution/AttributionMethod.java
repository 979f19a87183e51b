package dev.percept.methods.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.CutScore;
import dev.percept.core.DifferentiableScore;
import dev.percept.core.RectifierScore;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;

/**
 * An attribution method that is known by its name.
 *
 * @param <S> what it needs of a score
 * @param name the name
 * @param needs the same as a class: {@link Score} of a black box, {@link DifferentiableScore},
 *     {@link RectifierScore} or {@link CutScore} of a model with gradients
 * @param about what its map says and what it does not, in one or two plain sentences
 * @param maker makes it for inputs c x h x w
 */
public record AttributionMethod<S extends Score>(
    String name, Class<S> needs, String about, Maker<S> maker) {
  /** Makes a method. */
  @FunctionalInterface
  public interface Maker<S extends Score> {
    /** The method with these settings, for inputs of this shape. */
    Attributor<S> make(AttributionSettings settings, Shape input);
  }

  /** Whether it only asks for scores, so that any engine will do. */
  public boolean isBlackBox() {
    return needs == Score.class;
  }

  /** Whether {@code score} can do what this method needs. */
  public boolean fits(Score score) {
    return needs.isInstance(score);
  }

  /** The method with these settings, for inputs c x h x w. */
  public Attributor<S> make(AttributionSettings settings, Shape input) {
    return maker.make(settings, input);
  }

  /**
   * Attributes by a score whose abilities are known only now.
   *
   * @throws IllegalArgumentException if it does not {@linkplain #fits fit}
   */
  public Attribution attribute(Score score, Tensor inputs, AttributionSettings settings, Run run) {
    if (!fits(score)) {
      throw new IllegalArgumentException(
          name
              + ": needs a "
              + needs.getSimpleName()
              + ", found '"
              + score.name()
              + "', a black box");
    }
    return make(settings, score.inputShape()).attribute(needs.cast(score), inputs, run);
  }
}
