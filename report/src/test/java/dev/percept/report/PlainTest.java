package dev.percept.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlainTest {
  @Test
  void sharesAreWholePerCents() {
    assertEquals("46 %", percent(.4649));
    assertEquals("0 %", percent(0));
    assertEquals("under 1 %", percent(.0004));
    assertEquals("over 99 %", percent(.9996));
    assertEquals("100 %", percent(1));
    assertEquals("120 %", percent(1.2));
    assertEquals("unknown", percent(Double.NaN));
  }

  @Test
  void smallNumbersHaveAPowerOfTen() {
    assertEquals("3 · 10⁻⁶", Plain.power(3.1e-6).replace('\u00a0', ' '));
    assertEquals("1 · 10⁻³", Plain.power(9.99e-4).replace('\u00a0', ' '));
    assertEquals("0.25", Plain.power(.25));
    assertEquals("0", Plain.power(0));
    assertEquals("−0.14", Plain.decimal(-.14));
    assertEquals("0.00", Plain.decimal(-.001));
  }

  @Test
  void countsAndLists() {
    assertEquals("one picture", Plain.count(1, "picture"));
    assertEquals("twelve pictures", Plain.count(12, "picture"));
    assertEquals("1\u202f280 crops", Plain.count(1280, "crop"));
    assertEquals("a, b and c", Plain.list(List.of("a", "b", "c")));
    assertEquals("a", Plain.list(List.of("a")));
  }

  private static String percent(double share) {
    return Plain.percent(share).replace('\u00a0', ' ');
  }
}
