package dev.percept.fact.bcos;

import dev.percept.core.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.TensorVector;

/**
 * A B-cos network in the memory of libtorch that can be trained. It belongs to one thread.
 *
 * <p>libtorch must have been started ({@code TorchEngine.start}); what {@link #forward} makes
 * belongs to the scope of the caller, the network itself lives until {@link #close()}.
 */
public final class BcosNet implements AutoCloseable {
  private final BcosSpec spec;
  private final Store store;
  private final Chain chain;

  /**
   * A network with a copy of {@code weights}.
   *
   * @param weights by the names of the public B-cos v2
   * @throws dev.percept.core.PerceptException that lists every missing, unexpected or misshapen
   *     name
   */
  public BcosNet(BcosSpec spec, Map<String, Tensor> weights) {
    Plan plan = spec.plan();
    BcosWeights.check(plan.parameters(), weights);
    this.spec = spec;
    this.store = new Store(plan.parameters(), weights, true);
    this.chain = Chain.of(plan, store);
  }

  /** The architecture. */
  public BcosSpec spec() {
    return spec;
  }

  /** What is learnt, in the order of a state dict; for an optimiser. */
  public TensorVector parameters() {
    return store.learnt();
  }

  /**
   * Logits, n x classes.
   *
   * @param x n x 6 x height x width
   */
  public org.bytedeco.pytorch.Tensor forward(org.bytedeco.pytorch.Tensor x, Forward how) {
    return chain.forward(x, how);
  }

  /** The last map, n x p x rows x columns, or the last tokens: what the classifier reads. */
  org.bytedeco.pytorch.Tensor features(org.bytedeco.pytorch.Tensor x, Forward how) {
    return chain.forward(x, 0, chain.steps().size() - 1, how);
  }

  /** Logits, n x classes, from {@link #features}. */
  org.bytedeco.pytorch.Tensor classify(org.bytedeco.pytorch.Tensor features, Forward how) {
    int last = chain.steps().size() - 1;
    return chain.forward(features, last, last + 1, how);
  }

  /** What is learnt, by name, in the order of {@link #parameters()}; not copies. */
  Map<String, org.bytedeco.pytorch.Tensor> learnt() {
    Map<String, org.bytedeco.pytorch.Tensor> all = new LinkedHashMap<>();
    for (Parameter p : spec.plan().parameters()) {
      if (p.kind().isLearnt()) {
        all.put(p.name(), store.tensor(p.name()));
      }
    }
    return all;
  }

  /** A copy of the weights as they are now, running statistics among them. */
  public Map<String, Tensor> weights() {
    return store.read();
  }

  @Override
  public void close() {
    store.close();
  }
}
