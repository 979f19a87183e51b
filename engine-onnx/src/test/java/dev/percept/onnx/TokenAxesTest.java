package dev.percept.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.testkit.text.EncoderSpec;
import dev.percept.testkit.text.TextEncoders;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Axes that are followed through the graph, against sizes that vary with the length of texts. */
class TokenAxesTest {
  @TempDir Path folder;

  @Test
  void whatIsFollowedIsWhatVariesWithTheLength() {
    for (EncoderSpec.Head head : EncoderSpec.Head.values()) {
      for (EncoderSpec.Mask mask : EncoderSpec.Mask.values()) {
        EncoderSpec spec = EncoderSpec.small(head, mask);
        OnnxModel model = OnnxModel.read(TextEncoders.write(spec, folder.resolve("open.onnx")));
        TensorShapes shapes = TensorShapes.of(model, CutOptions.DEFAULT);
        TokenAxes axes = new TokenAxes(model.graph(), shapes);
        Set<String> values = Paths.forward(model.graph());
        int compared = 0;
        for (String tensor : values) {
          List<Dim> dims = shapes.dims(tensor);
          if (dims == null) {
            continue;
          }
          Set<Integer> varying = new TreeSet<>();
          for (int i = 0; i < dims.size(); i++) {
            if (dims.get(i).countsTokens()) {
              varying.add(i);
            }
          }
          assertEquals(varying, axes.of(tensor), spec + " " + tensor + " " + Dim.words(dims));
          compared++;
        }
        assertTrue(compared > 30, "nothing to compare");
      }
    }
  }

  /** As many tokens as features: only the way through the graph tells them apart. */
  @Test
  void aFixedLengthGivesTheSameAxes() {
    for (EncoderSpec.Head head : EncoderSpec.Head.values()) {
      EncoderSpec open = EncoderSpec.small(head, EncoderSpec.Mask.LOWEST);
      OnnxModel any = OnnxModel.read(TextEncoders.write(open, folder.resolve("open.onnx")));
      OnnxModel fixed =
          OnnxModel.read(
              TextEncoders.write(open.withTokens(open.width()), folder.resolve("fixed.onnx")));
      TokenAxes expected = new TokenAxes(any.graph(), TensorShapes.of(any, CutOptions.DEFAULT));
      TokenAxes found = new TokenAxes(fixed.graph(), TensorShapes.of(fixed, CutOptions.DEFAULT));
      for (String tensor : Paths.forward(any.graph())) {
        assertEquals(expected.of(tensor), found.of(tensor), head + " " + tensor);
      }
    }
  }
}
