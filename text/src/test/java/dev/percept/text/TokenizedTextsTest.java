package dev.percept.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.core.Shape;
import dev.percept.core.Span;
import dev.percept.core.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenizedTextsTest {
  private static final Encoding TWO =
      new Encoding(
          List.of(7, 16_777_215), List.of(0, 1), List.of(new Span(0, 0), new Span(0, 1)), false);

  @Test
  void tokensStandBeforePaddingInThreeRows() {
    TokenizedTexts texts = new TokenizedTexts(List.of("a"), List.of(TWO), List.of("one"), 3);
    Tensor batch = texts.batch(0, 1);
    assertEquals(Shape.of(1, 3, 3), batch.shape());
    float[] expected = {7, 16_777_215, 0, 1, 1, 0, 0, 1, 0};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], batch.get(i), "value " + i);
    }
  }

  @Test
  void aTextThatIsTooLongIsRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new TokenizedTexts(List.of("a"), List.of(TWO), List.of("one"), 1));
    assertEquals("a text has 2 tokens, at most 1 fit", e.getMessage());
  }

  @Test
  void everyTextHasANameAndTokens() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new TokenizedTexts(List.of("a", "b"), List.of(TWO), List.of("one"), 3));
  }
}
