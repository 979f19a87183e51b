package dev.percept.fact.bcos;

import dev.percept.core.Activations;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.DynamicLinearStack;
import dev.percept.core.Pullback;
import dev.percept.core.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/** A B-cos network cut at several places, the last first. */
final class BcosStack implements DynamicLinearStack {
  private final BcosNetwork network;
  private final List<Integer> steps;

  BcosStack(BcosNetwork network, List<String> layersLastFirst) {
    this.network = network;
    this.steps = layersLastFirst.stream().map(network.plan()::find).toList();
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("layers: at least 1, found none");
    }
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i) >= steps.get(i - 1)) {
        throw new IllegalArgumentException(
            "layers: each before the one in front of it, the last first; found "
                + String.join(", ", layersLastFirst));
      }
    }
  }

  @Override
  public int cuts() {
    return steps.size();
  }

  @Override
  public DynamicLinearModel at(int cut) {
    if (cut < 0 || cut >= cuts()) {
      throw new IllegalArgumentException("cut: 0 to " + (cuts() - 1) + ", found " + cut);
    }
    return new BcosCut(network, steps.get(cut), Forward.PLAIN);
  }

  @Override
  public Activations onward(int from, Tensor activations) {
    Tensor values = network.forward(activations, between(from, Forward.PLAIN));
    return new Activations(values, place(from - 1).grid());
  }

  @Override
  public Pullback explainOnward(int from, Tensor activations, UnaryOperator<Tensor> cotangent) {
    return network.pull(activations, between(from, Forward.EXPLANATION), cotangent);
  }

  private Ends between(int from, Forward how) {
    if (from < 1 || from >= cuts()) {
      throw new IllegalArgumentException("from: 1 to " + (cuts() - 1) + ", found " + from);
    }
    Plan.Place here = place(from);
    Plan.Place there = place(from - 1);
    Chain chain = network.chain();
    return new Ends(
        here.each(),
        there.each(),
        a ->
            there.rows(
                chain.forward(here.map(a), steps.get(from) + 1, steps.get(from - 1) + 1, how)));
  }

  private Plan.Place place(int cut) {
    return network.plan().place(steps.get(cut));
  }

  @Override
  public void close() {
    network.close();
  }
}
