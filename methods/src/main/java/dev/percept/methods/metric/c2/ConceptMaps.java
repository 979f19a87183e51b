package dev.percept.methods.metric.c2;

import dev.percept.core.Tensor;

/**
 * What a method says of pictures: how much of each concept is there, and where. Any method that can
 * answer this can be marked, on the same pictures as any other. Safe for use from several threads.
 */
public interface ConceptMaps {
  /**
   * n x K, how much of each concept is in each picture; a concept is there where this is above 0.
   */
  Tensor presence();

  /**
   * Where concepts are in one picture; what is negative is left out of account.
   *
   * @param concepts numbers of concepts, at least 1
   * @return concepts x h x w, at any resolution, the same for all pictures
   * @throws IllegalArgumentException if there is no such concept
   */
  Tensor maps(int picture, int[] concepts);
}
