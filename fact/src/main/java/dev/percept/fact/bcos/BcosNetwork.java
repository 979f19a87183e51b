package dev.percept.fact.bcos;

import dev.percept.core.DynamicLinearModel;
import dev.percept.core.DynamicLinearStack;
import dev.percept.core.PerceptException;
import dev.percept.core.Pullback;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.Piecewise;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.TorchFunction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A trained B-cos network, to be cut and explained. Its weights lie once in the memory of libtorch,
 * whatever number of cuts is in use. Safe for use from several threads; closing waits for the calls
 * under way, after which every call throws {@link IllegalStateException}.
 */
public final class BcosNetwork implements AutoCloseable {
  /** Four pictures of 224 x 224: measured, a ResNet-50 with its gradients then takes 1.5 GB. */
  private static final int PIXELS = 4 * 224 * 224;

  private static final int MOST = 32;

  private final BcosSpec spec;
  private final Plan plan;
  private final String file;
  private final String sha256;
  private final Store store;
  private final Chain chain;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile boolean closed;

  private BcosNetwork(BcosSpec spec, Map<String, Tensor> weights, String file, String sha256) {
    this.spec = spec;
    this.plan = spec.plan();
    this.file = file;
    this.sha256 = sha256;
    BcosWeights.check(plan.parameters(), weights);
    this.store = new Store(plan.parameters(), weights, false);
    this.chain = Chain.of(plan, store);
  }

  /**
   * A network with a copy of {@code weights}, which come from a file.
   *
   * @param weights by the names of the public B-cos v2; {@code num_batches_tracked} is ignored
   * @param file its name, without its folder
   * @param sha256 of the file, lower-case hexadecimal
   * @param threads threads inside one operation. libtorch has one such number a process: the
   *     network that is made last sets it
   * @throws PerceptException that lists every missing, unexpected or misshapen name
   * @throws dev.percept.core.EngineMissingException if libtorch cannot be loaded on this machine
   */
  public static BcosNetwork of(
      BcosSpec spec, Map<String, Tensor> weights, String file, String sha256, int threads) {
    TorchEngine.startForProducts(threads);
    return new BcosNetwork(spec, weights, file, sha256);
  }

  /**
   * A network with a copy of {@code weights} that lie in no file; what stands for its hash is that
   * of names, shapes and values.
   *
   * @throws PerceptException as the other
   */
  public static BcosNetwork of(BcosSpec spec, Map<String, Tensor> weights, int threads) {
    return of(spec, weights, "weights in memory", BcosWeights.sha256(weights), threads);
  }

  /** The architecture. */
  public BcosSpec spec() {
    return spec;
  }

  /** Where it can be cut, from the input to the output: {@code stem, layer1.0, layer1 ...}. */
  public List<String> layers() {
    return plan.layers();
  }

  /**
   * The network cut behind {@code layer}. Of no use once this is closed; closing it closes this.
   *
   * @param layer one of {@link #layers()}; the last block of a stage has the name of the stage and
   *     its own
   * @throws PerceptException if there is no such layer, with those that there are
   */
  public DynamicLinearModel cut(String layer) {
    requireOpen();
    return new BcosCut(this, plan.find(layer), Forward.PLAIN);
  }

  /** How many inputs go through at once: with gradients, that is the memory of all layers. */
  private int batch() {
    return Math.max(1, Math.min(MOST, PIXELS / (spec.height() * spec.width())));
  }

  /**
   * The network cut behind each of {@code layersLastFirst}, to trace what is seen late to what was
   * seen early. Closing it closes this.
   *
   * @throws PerceptException if there is no such layer, with those that there are
   * @throws IllegalArgumentException if there is none, or one does not lie before the one in front
   */
  public DynamicLinearStack cuts(List<String> layersLastFirst) {
    requireOpen();
    return new BcosStack(this, layersLastFirst);
  }

  /** The values of a function between two places. */
  Tensor forward(Tensor values, Ends ends) {
    requireOpen();
    TorchFunction function = new TorchFunction(ends.body(), ends.out());
    return pieces(ends).forward(values, piece -> use(() -> function.forward(piece)));
  }

  /** Its values and gradients. */
  Pullback pull(Tensor values, Ends ends, UnaryOperator<Tensor> cotangent) {
    requireOpen();
    TorchFunction function = new TorchFunction(ends.body(), ends.out());
    return pieces(ends)
        .pull(values, cotangent, (piece, asked) -> use(() -> function.pull(piece, asked)));
  }

  private Piecewise pieces(Ends ends) {
    return new Piecewise(ends.each(), ends.out(), batch(), 0);
  }

  Plan plan() {
    return plan;
  }

  Chain chain() {
    return chain;
  }

  String file() {
    return file;
  }

  String sha256() {
    return sha256;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(file + ": this network has been closed");
    }
  }

  /** Does something with the weights, which are not given back meanwhile. */
  private <T> T use(Supplier<T> work) {
    lock.readLock().lock();
    try {
      requireOpen();
      return work.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    closed = true;
    lock.writeLock().lock();
    try {
      store.close();
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public String toString() {
    return "B-cos network " + file;
  }
}
