package dev.percept.methods.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.methods.metric.Share;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Closed forms. */
class ConcentrationTest {
  @Test
  void equalConceptsAreAsManyAsTheyAre() {
    for (int r : new int[] {1, 5, 10, 20}) {
      double[] equal = new double[r];
      Arrays.fill(equal, 0.3);
      Concentration c = Concentration.of(equal);
      assertEquals(r, c.effective(), 1e-9);
      assertEquals((int) Math.ceil(0.8 * r), c.carrying());
    }
  }

  @Test
  void oneConceptIsOne() {
    assertEquals(new Concentration(1, 1), Concentration.of(0, 7, 0));
    assertEquals(new Concentration(0, 0), Concentration.of(0, 0));
  }

  @Test
  void orderAndScaleDoNotMatter() {
    Concentration c = Concentration.of(0.5, 0.25, 0.125, 0.125);
    // Entropy 0.5 ln 2 + 0.25 ln 4 + 0.25 ln 8 = 1.75 ln 2; 0.5 + 0.25 is less than 0.8.
    assertEquals(Math.pow(2, 1.75), c.effective(), 1e-12);
    assertEquals(3, c.carrying());
    assertEquals(c.carrying(), Concentration.of(1, 4, 1, 2).carrying());
    assertEquals(c.effective(), Concentration.of(1, 4, 1, 2).effective(), 1e-12);
    assertTrue(Concentration.of(8, 1, 1).effective() < Concentration.of(4, 3, 3).effective());
  }

  @Test
  void whatIsNoImportanceIsRefused() {
    assertThrows(IllegalArgumentException.class, Concentration::of);
    assertThrows(IllegalArgumentException.class, () -> Concentration.of(1, -0.1));
    assertThrows(IllegalArgumentException.class, () -> Concentration.of(Double.NaN));
  }

  @Test
  void intervalsOfSharesAndMeans() {
    // Wilson's interval of 8 of 10, from its formula by hand: 0.4902 to 0.9433.
    Measured share = Measured.share(new Share(8, 10), 0.1);
    assertEquals(0.8, share.value());
    assertEquals(0.4902, share.low(), 5e-5);
    assertEquals(0.9433, share.high(), 5e-5);
    assertTrue(Measured.share(new Share(10, 10), 0).low() < 0.75, "all of ten is not all");
    assertTrue(Double.isNaN(Measured.share(new Share(0, 0), 0).value()));
    Measured mean = Measured.mean(new double[] {1, 2, 3, 4, 5}, 0, Run.of(1).random("m"));
    assertEquals(3, mean.value(), 1e-12);
    assertTrue(mean.low() < 2.2 && mean.high() > 3.8, mean.toString());
    assertTrue(Double.isNaN(Measured.mean(new double[] {4}, 0, Run.of(1).random("m")).low()));
  }
}
