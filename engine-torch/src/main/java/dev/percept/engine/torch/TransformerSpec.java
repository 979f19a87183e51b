package dev.percept.engine.torch;

/**
 * A classifier around an encoder: of pictures in patches, or of texts in tokens.
 *
 * <p>Sources: Dosovitskiy et al., An Image is Worth 16x16 Words, ICLR 2021; Devlin et al., BERT,
 * NAACL 2019.
 *
 * @param source what goes in
 * @param encoder what is in between
 * @param reading what the logits are read from
 * @param classes number of logits
 * @param attributes number of questions "how much of this patch is ...?" that training asks besides
 *     the class; the trained network does not have them. They are asked of the last patch tokens
 *     that the class depends on: those behind the last block where their mean is read, else those
 *     that the last block looks at. 0 for none
 */
public record TransformerSpec(
    Source source, EncoderSpec encoder, Reading reading, int classes, int attributes) {

  /** What goes in. */
  public sealed interface Source {}

  /**
   * A square picture, cut into square patches.
   *
   * @param channels of the picture
   * @param side its width and height
   * @param patch width and height of a patch, a divisor of {@code side}
   */
  public record Patches(int channels, int side, int patch) implements Source {
    public Patches {
      EncoderSpec.atLeastOne("channels", channels);
      EncoderSpec.atLeastOne("side", side);
      EncoderSpec.atLeastOne("patch", patch);
      if (side % patch != 0) {
        throw new IllegalArgumentException(
            "patch: a divisor of the side " + side + ", found " + patch);
      }
    }

    /** The number of patches. */
    public int count() {
      return (side / patch) * (side / patch);
    }
  }

  /**
   * Identities of tokens.
   *
   * @param vocabulary how many there are
   * @param maxTokens the longest text, special tokens included
   * @param types how many token types (segments)
   */
  public record Words(int vocabulary, int maxTokens, int types) implements Source {
    public Words {
      EncoderSpec.atLeastOne("vocabulary", vocabulary);
      EncoderSpec.atLeastOne("max tokens", maxTokens);
      EncoderSpec.atLeastOne("types", types);
    }
  }

  /** What the logits are read from. */
  public enum Reading {
    /** The first token; pictures get a class token for it. */
    FIRST,
    /** The mean of all patches; not for texts, whose padding it would have to know. */
    MEAN,
    /** The first token, after one more dense layer and a ReLU. */
    FIRST_RECTIFIED
  }

  public TransformerSpec {
    if (classes < 2) {
      throw new IllegalArgumentException("classes: at least 2, found " + classes);
    }
    if (attributes < 0 || (attributes > 0 && source instanceof Words)) {
      throw new IllegalArgumentException(
          "attributes: at least 0, and 0 for texts, found " + attributes);
    }
    if (reading == Reading.MEAN && source instanceof Words) {
      throw new IllegalArgumentException("reading: FIRST or FIRST_RECTIFIED for texts, found MEAN");
    }
  }

  /** Whether a class token stands in front of the patches. */
  public boolean hasClassToken() {
    return source instanceof Patches && reading != Reading.MEAN;
  }

  /** The number of positions that are told apart. */
  public int positions() {
    if (source instanceof Patches patches) {
      return patches.count() + (hasClassToken() ? 1 : 0);
    }
    return ((Words) source).maxTokens();
  }
}
