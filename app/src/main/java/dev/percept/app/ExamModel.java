package dev.percept.app;

import dev.percept.zoo.EmbeddedBcos;
import dev.percept.zoo.EmbeddedModel;
import dev.percept.zoo.EmbeddedVit;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/** The embedded models of pictures that take the exam. */
enum ExamModel {
  /** The residual network: its features are never negative. */
  CNN("cnn", EmbeddedModel.LAYER, Extractor.NMF),
  /** The vision transformer: its tokens have signs. */
  VIT("vit", EmbeddedVit.LAYER, Extractor.SEMI_NMF),
  /** The B-cos network, which is no ONNX file. */
  BCOS("bcos", EmbeddedBcos.LAYER, Extractor.SEMI_NMF);

  private final String label;
  private final String layer;
  private final Extractor extractor;

  ExamModel(String label, String layer, Extractor extractor) {
    this.label = label;
    this.layer = layer;
    this.extractor = extractor;
  }

  /** Where it is cut. */
  String layer() {
    return layer;
  }

  /** The factorisation that suits its features. */
  Extractor extractor() {
    return extractor;
  }

  /** Writes it into a folder. */
  Path copyTo(Path folder) {
    return switch (this) {
      case CNN -> EmbeddedModel.copyTo(folder);
      case VIT -> EmbeddedVit.copyTo(folder);
      case BCOS -> EmbeddedBcos.copyTo(folder);
    };
  }

  @Override
  public String toString() {
    return label;
  }

  static final class Converter implements ITypeConverter<ExamModel> {
    @Override
    public ExamModel convert(String value) {
      return Choice.of(values(), value);
    }
  }
}
