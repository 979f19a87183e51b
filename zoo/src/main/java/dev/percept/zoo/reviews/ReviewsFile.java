package dev.percept.zoo.reviews;

import dev.percept.zoo.Split;
import dev.percept.zoo.TextFiles;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Texts of {@link Split#DEMO} with their truth, as a file. */
public final class ReviewsFile {
  /** How many texts of each topic unless said otherwise. */
  public static final int PER_TOPIC = 50;

  /** Its name. */
  public static final String NAME = "reviews.csv";

  private ReviewsFile() {}

  /**
   * Writes CSV (RFC 4180, UTF-8) with the columns {@code text}, {@code label}, {@code topic} (what
   * it is mainly about) and {@code spans}: {@code topic:start-end} for each phrase, separated by
   * spaces, in UTF-16 code units from 0, the end behind the last one.
   *
   * @param each texts of each topic
   * @return the file
   * @throws dev.percept.core.PerceptException if it cannot be written
   */
  public static Path write(Path folder, int each) {
    StringBuilder csv = new StringBuilder("text,label,topic,spans\r\n");
    for (int i = 0; i < each * Topic.values().length; i++) {
      Review review = Reviews.review(Split.DEMO, i);
      csv.append(quoted(review.text()))
          .append(',')
          .append(review.label().label())
          .append(',')
          .append(review.topic().label())
          .append(',')
          .append(spans(review))
          .append("\r\n");
    }
    Path file = folder.resolve(NAME);
    TextFiles.write(file, csv.toString());
    return file;
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String spans(Review review) {
    return review.mentions().stream()
        .map(m -> m.topic().label() + ':' + m.span().start() + '-' + m.span().end())
        .collect(Collectors.joining(" "));
  }
}
