package dev.percept.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.percept.onnx.OnnxModel;
import dev.percept.onnx.proto.ModelProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One sub-graph in ONNX Runtime, opened at its first use and shared by threads. Closing waits for
 * the calls under way.
 */
final class Session {
  private final OnnxModel model;
  private final int threads;
  private final Supplier<ModelProto> graph;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private @Nullable OrtSession session;
  private boolean closed;

  Session(OnnxModel model, int threads, Supplier<ModelProto> graph) {
    this.model = model;
    this.threads = threads;
    this.graph = graph;
  }

  /**
   * Runs the sub-graph.
   *
   * @param inputs by name; not closed
   * @param outputs where to put the outputs that are wanted, by name; not closed
   * @throws IllegalStateException after {@link #close()}
   */
  void run(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
    leased(
        s -> {
          s.run(inputs, Set.of(), outputs).close();
          return Map.of();
        });
  }

  /** Runs the sub-graph for the types of some outputs alone. */
  Map<String, TensorInfo> types(Map<String, OnnxTensor> inputs, List<String> outputs) {
    return leased(
        s -> {
          Map<String, TensorInfo> types = new LinkedHashMap<>();
          try (OrtSession.Result result = s.run(inputs, Set.copyOf(outputs))) {
            for (Map.Entry<String, OnnxValue> e : result) {
              if (e.getValue() instanceof OnnxTensor t) {
                types.put(e.getKey(), t.getInfo());
              }
            }
          }
          return types;
        });
  }

  /** Refuses a model that has been closed. */
  synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException(model.name() + ": this model has been closed");
    }
  }

  private interface Call {
    Map<String, TensorInfo> on(OrtSession session) throws OrtException;
  }

  private Map<String, TensorInfo> leased(Call call) {
    lock.readLock().lock();
    try {
      return call.on(open());
    } catch (OrtException e) {
      throw Natives.failure(model.name() + " cannot be run", e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private synchronized OrtSession open() throws OrtException {
    requireOpen();
    OrtSession open = session;
    if (open == null) {
      open = create();
      session = open;
    }
    return open;
  }

  private OrtSession create() throws OrtException {
    OrtEnvironment environment = Natives.environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      // Patterns keep one block for the largest batch; without them less memory, no slower.
      options.setMemoryPatternOptimization(false);
      // Large weights are references into files of the model's folder.
      options.addConfigEntry(
          "session.model_external_initializers_file_folder_path", model.folder().toString());
      return environment.createSession(graph.get().toByteArray(), options);
    } catch (OrtException e) {
      throw Natives.failure(model.name() + " cannot be opened", e);
    }
  }

  /** Gives the engine's memory back; the next use opens it again. */
  void release() {
    lock.writeLock().lock();
    try {
      synchronized (this) {
        OrtSession open = session;
        session = null;
        if (open != null) {
          open.close();
        }
      }
    } catch (OrtException e) {
      throw Natives.failure(model.name() + " cannot be closed", e);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Releases it for good. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    release();
  }
}
