package dev.percept.benchmarks;

import dev.percept.core.Run;
import dev.percept.engine.torch.Schedule;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.fact.sae.ActivationShards;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The training of a TopK autoencoder as one writes it down in PyTorch: dense operators, autograd,
 * Adam. It reads the same rows, in another random order, and has the same losses and rules.
 */
final class PlainSae {
  private static final int AUXILIARY = 256;

  private final ActivationShards data;
  private final SaePasses.Sizes sizes;
  private final long p;
  private final long r;

  PlainSae(ActivationShards data, SaePasses.Sizes sizes) {
    this.data = data;
    this.sizes = sizes;
    this.p = sizes.features();
    this.r = sizes.latents();
  }

  @SuppressWarnings("try") // scopes are there to be closed
  void train(Run run) {
    TorchEngine.start(sizes.threads());
    // Large products: its own pool with as many threads is fastest here.
    openblas_nolapack.blas_set_num_threads(sizes.threads());
    try (PointerScope outer = new PointerScope()) {
      Watch watch = new Watch();
      Tensor start = unit(torch.randn(r, p));
      Tensor atoms = start.clone().set_requires_grad(true);
      Tensor encoder = start.clone().set_requires_grad(true);
      Adam adam = new Adam(new TensorVector(atoms, encoder), new AdamOptions(1e-3));
      long[] lastFired = new long[(int) r];
      int steps = (sizes.rows() - 1) / sizes.batch() + 1;
      Schedule schedule = new Schedule(sizes.epochs() * steps, 1e-3);
      double error = 0;
      long seen = 0;
      for (int epoch = 0; epoch < sizes.epochs(); epoch++) {
        int[] order = order(run.random("plain." + epoch));
        error = 0;
        for (int step = 0; step < steps; step++) {
          int n = Math.min(sizes.batch(), sizes.rows() - step * sizes.batch());
          adam.param_groups().get(0).options().set_lr(schedule.rate(epoch * steps + step));
          seen += n;
          error +=
              n
                  * step(
                      batch(order, step * sizes.batch(), n), adam, atoms, encoder, lastFired, seen);
        }
      }
      watch.print();
      double spread = data.index().variance() / data.index().meanSquare();
      System.out.println("train-r2=" + (1 - error / sizes.rows() / spread));
    }
  }

  private int[] order(RandomGenerator random) {
    int[] order = new int[sizes.rows()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private float[] batch(int[] order, int from, int n) {
    float[] rows = new float[n * (int) p];
    float scale = (float) (1 / Math.sqrt(data.index().meanSquare()));
    for (int i = 0; i < n; i++) {
      data.read(order[from + i], rows, i * (int) p);
    }
    for (int i = 0; i < rows.length; i++) {
      rows[i] *= scale;
    }
    return rows;
  }

  private static Tensor unit(Tensor rows) {
    return rows.div(rows.mul(rows).sum(new long[] {1}, true, null).sqrt());
  }

  @SuppressWarnings("try") // scopes are there to be closed
  private double step(
      float[] rows, Adam adam, Tensor atoms, Tensor encoder, long[] lastFired, long seen) {
    try (PointerScope scope = new PointerScope()) {
      Tensor x = torch.from_blob(new FloatPointer(rows), rows.length / p, p);
      Tensor said = x.matmul(encoder.t()).relu();
      var top = said.topk(sizes.k());
      Tensor codes = torch.zeros_like(said).scatter(-1, top.get1(), top.get0());
      Tensor left = x.sub(codes.matmul(atoms));
      Tensor error = left.pow(new Scalar(2f)).sum(new long[] {-1}).mean();
      Tensor loss = error;
      double shown = error.item_float();
      Tensor dead = dead(top.get1(), lastFired, seen);
      long count = dead.sum().item_long();
      if (count > 0) {
        loss = loss.add(auxiliary(said, left.detach(), atoms, dead, count), new Scalar(1f / 32));
      }
      adam.zero_grad();
      loss.backward();
      Tensor g = atoms.grad();
      Tensor d = atoms.detach();
      g.sub_(d.mul(g.mul(d).sum(new long[] {1}, true, null)));
      Tensor e = encoder.grad();
      double length = Math.sqrt(g.mul(g).sum().item_double() + e.mul(e).sum().item_double());
      if (length > 1) {
        g.mul_(new Scalar(1 / (length + 1e-6)));
        e.mul_(new Scalar(1 / (length + 1e-6)));
      }
      adam.step();
      d.copy_(unit(d));
      return shown;
    }
  }

  /** 1 for latents that did not speak for half an epoch. */
  private Tensor dead(Tensor speaking, long[] lastFired, long seen) {
    long[] latents = new long[(int) speaking.numel()];
    new org.bytedeco.javacpp.LongPointer(speaking.contiguous().data_ptr()).get(latents);
    for (long k : latents) {
      lastFired[(int) k] = seen;
    }
    float[] dead = new float[lastFired.length];
    for (int k = 0; k < dead.length; k++) {
      dead[k] = seen - lastFired[k] > sizes.rows() / 2 ? 1 : 0;
    }
    return torch.from_blob(new FloatPointer(dead), r).clone();
  }

  private static Tensor auxiliary(Tensor said, Tensor left, Tensor atoms, Tensor dead, long count) {
    var top = said.mul(dead).topk(Math.min(AUXILIARY, count));
    Tensor codes = torch.zeros_like(said).scatter(-1, top.get1(), top.get0());
    Tensor rest = left.sub(codes.matmul(atoms)).pow(new Scalar(2f)).sum(new long[] {-1}).mean();
    Tensor about = left.sub(left.mean(0));
    return rest.div(about.pow(new Scalar(2f)).sum(new long[] {-1}).mean());
  }
}
