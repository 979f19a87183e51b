package dev.percept.engine.torch;

import dev.percept.engine.torch.graph.Constants;
import dev.percept.engine.torch.graph.Precision;
import dev.percept.engine.torch.graph.Program;
import dev.percept.onnx.Cut;
import dev.percept.onnx.Cuts;
import dev.percept.onnx.OnnxModel;
import dev.percept.onnx.SubGraphs;
import dev.percept.onnx.TextGraphs;
import dev.percept.onnx.proto.ModelProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The programs of a cut model: prepared when they are first used, shared by threads, with one copy
 * of the weights. Closing waits for the calls under way.
 */
final class Parts implements AutoCloseable {
  private final OnnxModel model;
  private final Cuts cuts;
  private final Cut cut;
  private final SubGraphs graphs;
  private final Precision precision;
  private final boolean fuse;
  private final Constants constants;
  private final Map<String, Program> programs = new HashMap<>();
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  /** A part that is prepared when it is asked for. */
  interface Source {
    Program get();
  }

  /** Something done with a part. */
  interface Use<T> {
    T with(Program program);
  }

  Parts(Cuts cuts, Cut cut, SubGraphs graphs, Precision precision, boolean fuse) {
    this.model = cuts.model();
    this.cuts = cuts;
    this.cut = cut;
    this.graphs = graphs;
    this.precision = precision;
    this.fuse = fuse;
    this.constants = new Constants(model, precision);
  }

  Precision precision() {
    return precision;
  }

  Program front() {
    return part(SubGraphs.ACTIVATIONS, SubGraphs.ACTIVATIONS, () -> graphs.front(cut));
  }

  Program pooled() {
    return part(SubGraphs.POOLED, SubGraphs.POOLED, () -> graphs.front(cut));
  }

  Program head() {
    return part("head", SubGraphs.LOGITS, () -> graphs.head(cut, cuts.logits()));
  }

  Program decoded() {
    return part("decoded", SubGraphs.LOGITS, () -> graphs.headOfCodes(cut, cuts.logits()));
  }

  Program whole() {
    return part("whole", SubGraphs.LOGITS, () -> graphs.whole(cuts.logits()));
  }

  /** Of a model of texts: what the cut would hold for each token. */
  Program tokens() {
    return part(TextGraphs.TOKENS, TextGraphs.TOKENS, () -> new TextGraphs(cuts).tokens(cut));
  }

  /** Of a model of texts: the rows of the table of words. */
  Program embeddings() {
    return part(
        TextGraphs.EMBEDDINGS, TextGraphs.EMBEDDINGS, () -> new TextGraphs(cuts).embeddings());
  }

  /** Of a model of texts: g behind the rows of the table of words. */
  Program frontOfEmbeddings() {
    return part(
        "behind.words", SubGraphs.ACTIVATIONS, () -> new TextGraphs(cuts).frontOfEmbeddings(cut));
  }

  private synchronized Program part(String name, String output, Supplier<ModelProto> graph) {
    requireOpen();
    Program found = programs.get(name);
    if (found == null) {
      found = new Program(constants, name, graph.get(), List.of(output), fuse);
      programs.put(name, found);
    }
    return found;
  }

  /** Refuses a model that has been closed. */
  synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException(model.name() + ": this model has been closed");
    }
  }

  /** Does something with a part; the model is not closed meanwhile. */
  <T> T use(Source part, Use<T> use) {
    lock.readLock().lock();
    try {
      return use.with(part.get());
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    lock.writeLock().lock();
    try {
      synchronized (this) {
        programs.values().forEach(Program::close);
        programs.clear();
        constants.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
