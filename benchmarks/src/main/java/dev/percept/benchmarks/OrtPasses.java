package dev.percept.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bare passes in ONNX Runtime, in the set-up that has proved fastest: one session with one thread
 * inside an operator, called from as many Java threads as there are cores. Nothing is decoded,
 * resized or kept. Arguments: model, side, passes, threads, batch, file for the answer to the
 * probe. Prints {@code seconds=} and {@code cpu=}, without loading and warming up.
 */
final class OrtPasses {
  private OrtPasses() {}

  public static void main(String[] args) throws Exception {
    int side = Integer.parseInt(args[1]);
    int passes = Integer.parseInt(args[2]);
    int threads = Integer.parseInt(args[3]);
    int batch = Integer.parseInt(args[4]);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setMemoryPatternOptimization(false);
      try (OrtSession session = environment.createSession(args[0], options)) {
        FloatBuffer inputs = Probe.inputs(batch * 3 * side * side);
        long[] shape = {batch, 3, side, side};
        Probe.write(Path.of(args[5]), pass(environment, session, inputs, shape));
        spread(threads, threads, () -> pass(environment, session, inputs, shape));
        Watch watch = new Watch();
        spread(
            (passes + batch - 1) / batch, threads, () -> pass(environment, session, inputs, shape));
        watch.print();
      }
    }
  }

  private static float[] pass(
      OrtEnvironment environment, OrtSession session, FloatBuffer inputs, long[] shape)
      throws OrtException {
    try (OnnxTensor x = OnnxTensor.createTensor(environment, inputs.duplicate(), shape);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), x))) {
      FloatBuffer logits = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[logits.remaining()];
      logits.get(values);
      return values;
    }
  }

  private interface Pass {
    float[] run() throws OrtException;
  }

  private static void spread(int batches, int threads, Pass pass) throws Exception {
    AtomicInteger left = new AtomicInteger(batches);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        workers.add(
            pool.submit(
                () -> {
                  while (left.getAndDecrement() > 0) {
                    pass.run();
                  }
                  return null;
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } finally {
      pool.shutdown();
    }
  }
}
