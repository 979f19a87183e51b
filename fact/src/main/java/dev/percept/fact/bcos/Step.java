package dev.percept.fact.bcos;

import org.bytedeco.pytorch.Tensor;

/** A part of a network with its weights. */
@FunctionalInterface
interface Step {
  /** What comes out for {@code x}. The caller has opened a scope, which owns the result. */
  Tensor forward(Tensor x, Forward how);
}
