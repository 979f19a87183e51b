package dev.percept.core;

/** A score that is computed from activations at a cut of the network, as Grad-CAM needs. */
public interface CutScore extends Score {
  /** The locations of the activations at the cut. */
  Grid grid();

  /** Scores, the activations that they are computed from, and their gradients by these. */
  CutGradient atCut(Tensor inputs);
}
