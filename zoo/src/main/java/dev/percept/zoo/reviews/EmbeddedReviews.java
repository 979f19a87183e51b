package dev.percept.zoo.reviews;

import dev.percept.text.Tokenizer;
import dev.percept.text.WordPiece;
import dev.percept.zoo.EmbeddedFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The text model that comes with the program: a small encoder trained on {@link Reviews}. */
public final class EmbeddedReviews {
  /** File name of the network. */
  public static final String MODEL = "reviews.onnx";

  /** File name of its vocabulary, one piece a line. */
  public static final String VOCABULARY = "vocab.txt";

  /** File name of the class names, one a line. */
  public static final String LABELS = "reviews-labels.txt";

  /** File name of the {@link ReviewsCard}. */
  public static final String CARD = "reviews.properties";

  /** The longest text that goes in, in tokens. */
  public static final int MAX_TOKENS = 64;

  /** The tensor at which it is cut: the first token behind a dense layer and a ReLU. */
  public static final String LAYER = "pooled";

  private static final EmbeddedFiles FILES = new EmbeddedFiles(EmbeddedReviews.class);

  private EmbeddedReviews() {}

  /** The network as ONNX. */
  public static byte[] bytes() {
    return FILES.bytes(MODEL);
  }

  /** What is known about it. */
  public static ReviewsCard card() {
    return ReviewsCard.parse(text(CARD));
  }

  /** The pieces of its vocabulary in the order of their identities. */
  public static List<String> vocabulary() {
    return text(VOCABULARY).lines().toList();
  }

  /**
   * Its tokenizer, to be closed.
   *
   * @throws dev.percept.core.EngineMissingException if the tokenizer library cannot be loaded
   */
  public static Tokenizer tokenizer() {
    return WordPiece.of(vocabulary(), true);
  }

  /**
   * Writes the network, its vocabulary and its labels into a folder, which is made if it is
   * missing.
   *
   * @return the path of the network; the others lie beside it
   * @throws dev.percept.core.PerceptException if the folder cannot be written to
   */
  public static Path copyTo(Path folder) {
    return FILES.copy(folder, MODEL, VOCABULARY, LABELS, CARD);
  }

  private static String text(String name) {
    return new String(FILES.bytes(name), StandardCharsets.UTF_8);
  }
}
