package dev.percept.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.percept.core.PerceptException;
import dev.percept.core.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@code tokenizer.json} of Hugging Face. */
final class FastTokenizer implements Tokenizer {
  /** Texts are cut and padded here, where it is known which tokens a model cannot do without. */
  private static final Map<String, String> WHOLE =
      Map.of("truncation", "do_not_truncate", "padding", "do_not_pad");

  private final HuggingFaceTokenizer library;

  private FastTokenizer(HuggingFaceTokenizer library) {
    this.library = library;
  }

  /**
   * Makes one.
   *
   * @param json the content of the file
   * @param name what to call it in a message
   * @throws PerceptException if the library does not know what it says
   */
  static FastTokenizer of(String json, String name) {
    TokenizerLibrary.require();
    try {
      return new FastTokenizer(
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), WHOLE));
    } catch (IOException | RuntimeException e) {
      String message = String.valueOf(e.getMessage()).split("\n", -1)[0].strip();
      throw new PerceptException(
          "'"
              + name
              + "' is no tokenizer that can be used ("
              + message
              + "); take the tokenizer.json that was saved with the model",
          e);
    }
  }

  @Override
  public Encoding encode(String text, int maxTokens) {
    String clean = PlainText.of(text);
    var whole = library.encode(clean, true, false);
    long[] ids = whole.getIds();
    long[] types = whole.getTypeIds();
    long[] special = whole.getSpecialTokenMask();
    CharSpan[] spans = whole.getCharTokenSpans();
    int room = maxTokens;
    for (long one : special) {
      room -= (int) one;
    }
    if (room < 0) {
      throw new IllegalArgumentException(
          "maxTokens: room for " + (maxTokens - room) + " special tokens, found " + maxTokens);
    }
    CodePoints points = new CodePoints(clean);
    List<Integer> keptIds = new ArrayList<>();
    List<Integer> keptTypes = new ArrayList<>();
    List<Span> keptSpans = new ArrayList<>();
    boolean truncated = false;
    for (int t = 0; t < ids.length; t++) {
      if (special[t] == 0 && room-- <= 0) {
        truncated = true;
        continue;
      }
      keptIds.add(Math.toIntExact(ids[t]));
      keptTypes.add(Math.toIntExact(types[t]));
      keptSpans.add(special[t] == 0 ? span(points, spans[t]) : new Span(0, 0));
    }
    return new Encoding(keptIds, keptTypes, keptSpans, truncated);
  }

  private static Span span(CodePoints points, @Nullable CharSpan of) {
    return of == null ? new Span(0, 0) : points.span(of.getStart(), of.getEnd());
  }

  @Override
  public void close() {
    library.close();
  }
}
