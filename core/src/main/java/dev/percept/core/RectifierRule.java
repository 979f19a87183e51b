package dev.percept.core;

/** How a rectifier (ReLU) passes a gradient back. */
public enum RectifierRule {
  /** The derivative: where its input was positive. */
  EXACT,
  /**
   * Where its input and the gradient are positive. Springenberg et al., Striving for Simplicity,
   * ICLR workshop 2015.
   */
  GUIDED,
  /**
   * Where the gradient is positive, whatever the input was. Zeiler and Fergus, Visualizing and
   * Understanding Convolutional Networks, ECCV 2014.
   */
  DECONVOLUTION
}
