package dev.percept.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.Cut;
import dev.percept.onnx.CutOptions;
import dev.percept.onnx.Cuts;
import dev.percept.onnx.Dim;
import dev.percept.onnx.OnnxModel;
import dev.percept.onnx.SubGraphs;
import dev.percept.onnx.TensorShapes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Compares the shapes that follow from a file with those that the engine finds. */
final class MeasuredShapes {
  private MeasuredShapes() {}

  /** Asserts that every tensor between input and logits has the shape that was inferred. */
  static void assertInferredRightly(Path file) throws OrtException {
    OnnxModel model = OnnxModel.read(file);
    TensorShapes shapes = TensorShapes.of(model, CutOptions.DEFAULT);
    List<String> tensors =
        Cuts.of(model, CutOptions.DEFAULT, shapes).all().stream().map(Cut::tensor).toList();
    assertTrue(tensors.size() > 3, "a model with nothing to compare");
    SubGraphs parts = new SubGraphs(model, shapes);
    int batch = shapes.fixedBatch() > 0 ? (int) shapes.fixedBatch() : 5;
    Shape input = Shape.of(parts.inputDims()).batch(batch);
    Session session = new Session(model, 2, () -> parts.probe(tensors));
    try (OnnxTensor x =
        Passes.tensor(Natives.environment(), Tensor.allocateDirect(input.size()), input)) {
      Map<String, TensorInfo> measured = session.types(Map.of(SubGraphs.INPUT, x), tensors);
      for (String tensor : tensors) {
        List<Dim> dims = shapes.dims(tensor);
        TensorInfo info = measured.get(tensor);
        assertTrue(dims != null && info != null, tensor);
        List<Long> inferred = dims.stream().map(d -> d.at(batch, shapes.maxTokens())).toList();
        List<Long> found = Arrays.stream(info.getShape()).boxed().toList();
        assertEquals(found, inferred, tensor);
      }
    } finally {
      session.close();
    }
  }
}
