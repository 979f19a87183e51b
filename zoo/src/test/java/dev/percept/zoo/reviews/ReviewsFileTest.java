package dev.percept.zoo.reviews;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.zoo.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewsFileTest {
  @TempDir Path folder;

  @Test
  void everyLineHoldsATextWithItsTruth() throws IOException {
    List<String> lines = Files.readAllLines(ReviewsFile.write(folder.resolve("new"), 2));
    assertEquals(1 + 2 * 22, lines.size());
    assertEquals("text,label,topic,spans", lines.get(0));
    for (int i = 0; i < 44; i++) {
      Review review = Reviews.review(Split.DEMO, i);
      String line = lines.get(i + 1);
      // The grammar has no quotation marks, so the text ends at the second one.
      int end = line.indexOf('"', 1);
      String text = line.substring(1, end);
      String[] rest = line.substring(end + 2).split(",", -1);
      assertEquals(review.text(), text);
      assertEquals(review.label().label(), rest[0]);
      assertEquals(review.topic().label(), rest[1]);
      String[] first = rest[2].split(" ", -1)[0].split("[:-]", -1);
      Mention mention = review.mentions().get(0);
      assertEquals(mention.topic().label(), first[0]);
      assertEquals(
          mention.span().of(text),
          text.substring(Integer.parseInt(first[1]), Integer.parseInt(first[2])));
      assertTrue(rest.length == 3, line);
    }
  }
}
