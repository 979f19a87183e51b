package dev.percept.app;

import dev.percept.core.ConceptExtractor;
import dev.percept.methods.factorization.KMeans;
import dev.percept.methods.factorization.Nmf;
import dev.percept.methods.factorization.Pca;
import dev.percept.methods.factorization.SemiNmf;
import picocli.CommandLine.ITypeConverter;

/** The factorisations that a command line can name. */
enum Extractor {
  NMF("nmf"),
  SEMI_NMF("semi-nmf"),
  K_MEANS("k-means"),
  PCA("pca");

  private final String label;

  Extractor(String label) {
    this.label = label;
  }

  ConceptExtractor of(int concepts) {
    return switch (this) {
      case NMF -> Nmf.of(concepts);
      case SEMI_NMF -> SemiNmf.of(concepts);
      case K_MEANS -> KMeans.of(concepts);
      case PCA -> new Pca(concepts);
    };
  }

  @Override
  public String toString() {
    return label;
  }

  static final class Converter implements ITypeConverter<Extractor> {
    @Override
    public Extractor convert(String value) {
      return Choice.of(values(), value);
    }
  }
}
