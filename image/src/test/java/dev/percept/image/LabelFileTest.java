package dev.percept.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Labels;
import dev.percept.core.PerceptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tench\ngold fish\n\n",
        "\ufefftench\r\ngold fish\r\n",
        "0\ttench\n1\tgold fish\n",
        "index\tname\n1\tgold fish\n0\ttench",
        "[\"tench\", \"gold fish\"]",
        "{\"1\": \"gold fish\", \"0\": \"tench\"}",
        "{\"architectures\": [], \"id2label\": {\"0\": \"tench\", \"1\": \"gold fish\"}}",
      })
  void namesAreReadFromEveryForm(String text) {
    Labels labels = read(text);
    assertEquals(List.of("tench", "gold fish"), labels.names());
    assertEquals(Optional.empty(), labels.wnid(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0\tn01440764\ttench\n1\tn01443537\tgold fish\n",
        "index\twnid\tname\n0\tn01440764\ttench\n1\tn01443537\tgold fish\n",
        "n01440764 tench\nn01443537 gold fish\n",
        "n01440764\ttench\nn01443537\tgold fish\n",
        "{\"0\": [\"n01440764\", \"tench\"], \"1\": [\"n01443537\", \"gold fish\"]}",
        "[[\"n01440764\", \"tench\"], [\"n01443537\", \"gold fish\"]]",
      })
  void wnidsAreReadFromEveryFormThatHasThem(String text) {
    Labels labels = read(text);
    assertEquals(List.of("tench", "gold fish"), labels.names());
    assertEquals(Optional.of("n01443537"), labels.wnid(1));
  }

  @Test
  void brokenFilesAreRefusedWithTheirName() {
    assertEquals("labels: labels.txt is empty; one name a line is expected", refusal(" \n"));
    assertTrue(refusal("a\n\nb").contains("labels.txt: line 2 is empty"));
    assertTrue(refusal("0\ta\n2\tb").contains("index 2 among 2 classes"));
    assertTrue(refusal("0\ta\n0\tb").contains("index 0 stands twice"));
    assertTrue(refusal("0\ta\nx\tb").contains("line 2: expected index, name"));
    assertTrue(refusal("0\ta\tb\tc").contains("line 1: expected"));
    assertTrue(refusal("0\tn01440764\ta\n1\tb").contains("2 names, but 1 wnids"));
    assertTrue(refusal("{\"0\": \"a\", \"0\": \"b\"}").contains("not valid JSON: Duplicate"));
    assertTrue(refusal("{\"0\": ").contains("not valid JSON"));
    assertTrue(refusal("{\"cat\": 0}").contains("found the key 'cat'"));
    assertTrue(refusal("[1, 2]").contains("class 0: expected a name"));
    assertTrue(refusal("[\"a\", \"\"]").contains("the name of class 1 is empty"));
    TestPictures.write(folder, "labels.txt", new byte[] {'a', (byte) 0xff, 'b'});
    assertTrue(refusal().contains("is not UTF-8 text"));
    String message =
        String.valueOf(
            assertThrows(PerceptException.class, () -> LabelFile.read(folder.resolve("none")))
                .getMessage());
    assertTrue(message.contains("cannot read"), message);
  }

  private Labels read(String text) {
    TestPictures.write(folder, "labels.txt", text.getBytes(StandardCharsets.UTF_8));
    return LabelFile.read(folder.resolve("labels.txt"));
  }

  private String refusal(String text) {
    TestPictures.write(folder, "labels.txt", text.getBytes(StandardCharsets.UTF_8));
    return refusal();
  }

  private String refusal() {
    return String.valueOf(
        assertThrows(PerceptException.class, () -> LabelFile.read(folder.resolve("labels.txt")))
            .getMessage());
  }
}
