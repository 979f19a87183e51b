package dev.percept.engine.torch.graph;

import dev.percept.onnx.proto.NodeProto;
import java.util.function.ToIntFunction;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** A node with the slots that it reads and writes. */
final class Step {
  private final NodeProto node;
  private final Operator operator;
  private final int opset;
  private final boolean fixed;
  private final Precision precision;
  private final Precision place;
  private final int[] reads;
  private final int[] writes;

  Step(NodeProto node, int opset, boolean fixed, Precision precision, ToIntFunction<String> slot) {
    Operator found = Operators.find(node);
    if (found == null) {
      throw new IllegalStateException("not checked: " + Operators.key(node));
    }
    this.node = node;
    this.operator = found;
    this.opset = opset;
    this.fixed = fixed;
    this.precision = precision;
    // What follows from shapes is small and read by the host.
    this.place = fixed ? new Precision(precision.real(), "cpu") : precision;
    this.reads = node.getInputList().stream().mapToInt(slot).toArray();
    this.writes = node.getOutputList().stream().mapToInt(slot).toArray();
  }

  /** Whether it follows from the shapes of the inputs. */
  boolean isStatic() {
    return fixed;
  }

  int[] reads() {
    return reads;
  }

  int[] writes() {
    return writes;
  }

  void run(Frame frame) {
    @Nullable Tensor[] inputs = new Tensor[reads.length];
    for (int i = 0; i < reads.length; i++) {
      if (reads[i] >= 0) {
        inputs[i] = fixed ? frame.host(reads[i]) : frame.here(reads[i]);
      }
    }
    Call call =
        new Call(
            node,
            opset,
            place,
            frame.rule(),
            inputs,
            i -> frame.numbers(reads[i]),
            i -> frame.isFixed(reads[i]));
    Tensor[] made = operator.apply(call);
    for (int i = 0; i < Math.min(made.length, writes.length); i++) {
      if (writes[i] < 0) {
        continue;
      }
      if (fixed) {
        Tensor host = made[i].detach();
        frame.fix(writes[i], new Kept(host, precision.here(host)));
      } else {
        frame.put(writes[i], made[i]);
      }
    }
  }
}
