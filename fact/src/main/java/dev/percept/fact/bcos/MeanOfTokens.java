package dev.percept.fact.bcos;

import java.util.List;

/** The mean over tokens: n x tokens x width to n x 1 x width. */
record MeanOfTokens() implements Part {
  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public Step with(Store store) {
    return (x, how) -> x.mean(1).unsqueeze(1);
  }
}
