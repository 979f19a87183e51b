package dev.percept.core;

/**
 * A way to say how much each part of an input matters to a score.
 *
 * @param <S> what it must be able to ask of the score: {@link Score} for a black box, {@link
 *     DifferentiableScore} for gradients, {@link RectifierScore} for guided ones, {@link CutScore}
 *     for what looks at activations. A method that is given less does not compile.
 */
public interface Attributor<S extends Score> {
  /** The name under which it appears in files and on the command line, {@code rise}. */
  String name();

  /**
   * Attributes the score of each input to its parts. An input's attribution never depends on the
   * others of the batch, and random choices are the same for every input under the same run.
   *
   * @param inputs n inputs, n x c x h x w
   */
  Attribution attribute(S score, Tensor inputs, Run run);
}
