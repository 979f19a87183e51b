package dev.percept.fact.bcos;

import dev.percept.core.Activations;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Grid;
import dev.percept.core.ModelInfo;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.graph.Memory;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A B-cos network cut behind a step. It has no rectifiers, so a {@link RectifierRule} changes
 * nothing.
 */
final class BcosCut implements DynamicLinearModel {
  private final BcosNetwork network;
  private final int step;
  private final Plan.Place place;
  private final Forward how;

  BcosCut(BcosNetwork network, int step, Forward how) {
    this.network = network;
    this.step = step;
    this.place = network.plan().place(step);
    this.how = how;
  }

  @Override
  public DifferentiableSplitModel explanation() {
    return new BcosCut(network, step, Forward.EXPLANATION);
  }

  @Override
  public Tensor constants() {
    float[] values = new float[outputs()];
    Arrays.fill(values, (float) network.spec().logitBias());
    return Tensor.wrap(Shape.of(outputs()), values);
  }

  @Override
  public boolean completeAtInput() {
    return network.plan().completeAtInput();
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo(
        network.file(), network.sha256(), place.name(), "Bcos", false, TorchEngine.version());
  }

  @Override
  public Shape inputShape() {
    return network.spec().inputShape();
  }

  @Override
  public Grid grid() {
    return place.grid();
  }

  @Override
  public int features() {
    return place.features();
  }

  @Override
  public int outputs() {
    return network.spec().classes();
  }

  @Override
  public Activations activations(Tensor inputs) {
    return new Activations(network.forward(inputs, front()), grid());
  }

  @Override
  public Tensor pooled(Tensor inputs) {
    Ends ends = new Ends(inputShape(), Shape.of(features()), x -> rows(to(x)).mean(1));
    return network.forward(inputs, ends);
  }

  @Override
  public Tensor head(Tensor activations) {
    return network.forward(activations, behind());
  }

  @Override
  public Tensor headOfCodes(Tensor codes, Dictionary dictionary) {
    if (dictionary.features() != features()) {
      throw new IllegalArgumentException(
          "dictionary: expected r x "
              + features()
              + ", found "
              + dictionary.concepts()
              + " x "
              + dictionary.features());
    }
    Tensor offset = dictionary.offset();
    Ends ends =
        new Ends(
            Shape.of(grid().size(), dictionary.concepts()),
            Shape.of(outputs()),
            u -> {
              org.bytedeco.pytorch.Tensor a = u.matmul(Memory.load(dictionary.atoms()));
              return from(offset == null ? a : a.add(Memory.load(offset)));
            });
    return network.forward(codes, ends);
  }

  @Override
  public Tensor logits(Tensor inputs) {
    return network.forward(inputs, whole());
  }

  @Override
  public Pullback pullLogits(Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    return network.pull(inputs, whole(), cotangent);
  }

  @Override
  public Pullback pullActivations(
      Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    return network.pull(inputs, front(), cotangent);
  }

  @Override
  public Pullback pullHead(Tensor activations, UnaryOperator<Tensor> cotangent) {
    return network.pull(activations, behind(), cotangent);
  }

  private Ends whole() {
    Chain chain = network.chain();
    return new Ends(inputShape(), Shape.of(outputs()), x -> chain.forward(x, how));
  }

  private Ends front() {
    return new Ends(inputShape(), place.each(), x -> rows(to(x)));
  }

  private Ends behind() {
    return new Ends(place.each(), Shape.of(outputs()), this::from);
  }

  /** From the input to the cut, as the network has it. */
  private org.bytedeco.pytorch.Tensor to(org.bytedeco.pytorch.Tensor x) {
    return network.chain().forward(x, 0, step + 1, how);
  }

  /** From activations n x L x p to the logits. */
  private org.bytedeco.pytorch.Tensor from(org.bytedeco.pytorch.Tensor a) {
    Chain chain = network.chain();
    return chain.forward(place.map(a), step + 1, chain.steps().size(), how);
  }

  private org.bytedeco.pytorch.Tensor rows(org.bytedeco.pytorch.Tensor map) {
    return place.rows(map);
  }

  @Override
  public void close() {
    if (!how.explains()) {
      network.close();
    }
  }

  @Override
  public String toString() {
    return network.file() + " cut at " + place.name();
  }
}
