package dev.percept.fact.bcos;

import java.util.List;

/** A part of a network without its weights. */
interface Part {
  /** What it needs, in the order of a state dict. */
  List<Parameter> parameters();

  /** Its computation with the weights in {@code store}. */
  Step with(Store store);
}
