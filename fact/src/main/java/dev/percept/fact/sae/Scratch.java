package dev.percept.fact.sae;

/** Memory that every autoencoder of a training uses in turn; grows and is never shared by two. */
final class Scratch {
  private float[] errors = new float[0];
  private float[] products = new float[0];
  private float[] atomGradients = new float[0];
  private float[] encoderGradients = new float[0];

  /** n x p. */
  float[] errors(int size) {
    errors = errors.length < size ? new float[size] : errors;
    return errors;
  }

  /** n x r, for kinds that look at a whole batch before any latent speaks. */
  float[] products(int size) {
    products = products.length < size ? new float[size] : products;
    return products;
  }

  /** r x p. */
  float[] atomGradients(int size) {
    atomGradients = atomGradients.length < size ? new float[size] : atomGradients;
    return atomGradients;
  }

  /** r x p. */
  float[] encoderGradients(int size) {
    encoderGradients = encoderGradients.length < size ? new float[size] : encoderGradients;
    return encoderGradients;
  }
}
