package dev.percept.core;

/**
 * A network cut in two, {@code f = h∘g}. Safe for use from several threads; a batch of n gives what
 * n single inputs give. Memory of the engine stays inside: what is returned outlives the model.
 * After {@link #close()} every call throws {@link IllegalStateException}.
 */
public interface SplitModel extends AutoCloseable {
  /** What this model is and where it is cut. */
  ModelInfo info();

  /** The shape of one input, for example 3 x 224 x 224. */
  Shape inputShape();

  /** The locations of the activations. */
  Grid grid();

  /** p, the number of features at a location. */
  int features();

  /** The number of logits. */
  int outputs();

  /** g, location by location: n inputs to n x L x p. */
  Activations activations(Tensor inputs);

  /** g, averaged over the places: n inputs to n x p. A class token has no part in it. */
  Tensor pooled(Tensor inputs);

  /** h: activations n x L x p to logits n x outputs. */
  Tensor head(Tensor activations);

  /** h∘decode as one graph: codes n x L x r to logits n x outputs. */
  Tensor headOfCodes(Tensor codes, Dictionary dictionary);

  /** f: n inputs to logits n x outputs, through the model that was not cut. */
  Tensor logits(Tensor inputs);

  /** Compares {@code h(g(x))} with {@code f(x)} on {@code inputs}. */
  default SplitCheck check(Tensor inputs) {
    return SplitCheck.of(logits(inputs), head(activations(inputs).values()));
  }

  @Override
  void close();
}
