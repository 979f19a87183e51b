package dev.percept.engine.torch;

import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Texts of a batch, filled up with zeros to the longest: n x t each, int64. */
record PaddedTokens(Tensor ids, Tensor types, Tensor mask) {
  static PaddedTokens of(int[][] tokens) {
    int longest = 1;
    for (int[] one : tokens) {
      longest = Math.max(longest, one.length);
    }
    long[] ids = new long[tokens.length * longest];
    long[] mask = new long[ids.length];
    for (int i = 0; i < tokens.length; i++) {
      for (int t = 0; t < tokens[i].length; t++) {
        ids[i * longest + t] = tokens[i][t];
        mask[i * longest + t] = 1;
      }
    }
    long[] none = new long[ids.length];
    return new PaddedTokens(
        of(ids, tokens.length, longest),
        of(none, tokens.length, longest),
        of(mask, tokens.length, longest));
  }

  private static Tensor of(long[] values, long rows, long columns) {
    return torch
        .from_blob(
            new LongPointer(values),
            new long[] {rows, columns},
            new TensorOptions(torch.ScalarType.Long))
        .clone();
  }
}
