package dev.percept.core;

/**
 * A network cut at several places, rectified at each: activations that go on from one cut to the
 * next arrive rectified, as the concepts there were found.
 *
 * @param stack the network; closed with this
 */
public record RectifiedStack(StackedModel stack) implements StackedModel {
  @Override
  public int cuts() {
    return stack.cuts();
  }

  @Override
  public SplitModel at(int cut) {
    return RectifiedModel.of(stack.at(cut));
  }

  @Override
  public Activations onward(int from, Tensor activations) {
    Activations signed = stack.onward(from, activations);
    return new Activations(RectifiedModel.rectified(signed.values()), signed.grid());
  }

  @Override
  public void close() {
    stack.close();
  }
}
