package dev.percept.app;

import dev.percept.app.exam.WrittenPictures;
import dev.percept.app.explain.TemporaryFolder;
import dev.percept.app.judge.OnnxJudge;
import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.image.Preprocessing;
import dev.percept.image.ResizeMode;
import dev.percept.methods.metric.c2.Judge;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who judges the embedded models: a file of the user's, or the embedded vision transformer; the
 * residual network where the transformer itself is explained. The embedded ones were trained on the
 * same classes as what they judge, which is said.
 */
final class C2Judge implements AutoCloseable {
  private final OnnxJudge judge;
  private final String words;
  private final @Nullable WrittenPictures written;

  private C2Judge(OnnxJudge judge, String words, @Nullable WrittenPictures written) {
    this.judge = judge;
    this.words = words;
    this.written = written;
  }

  /**
   * Opens it.
   *
   * @param explained the embedded model that is explained
   * @param pictures 3 x h x w, from 0 to 1
   */
  static C2Judge open(JudgeOptions options, ExamModel explained, Examples pictures, Run run) {
    Path file = options.judge;
    if (file != null) {
      WrittenPictures written = WrittenPictures.of(pictures);
      try {
        OnnxJudge judge =
            OnnxJudge.open(
                file,
                options.layer,
                shape ->
                    written.open(
                        Preprocessing.of(shape, ResizeMode.SQUASH, options.normalization()), run));
        return new C2Judge(judge, judge.words(), written);
      } catch (RuntimeException e) {
        written.close();
        throw e;
      }
    }
    ExamModel other = explained == ExamModel.VIT ? ExamModel.CNN : ExamModel.VIT;
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      OnnxJudge judge =
          OnnxJudge.open(other.copyTo(folder.path()), other.layer(), shape -> pictures);
      // What is small is read when the model is opened; look once, before the file goes.
      judge.look(0, 1);
      return new C2Judge(
          judge, "the embedded " + other + ", which was trained on the same classes", null);
    }
  }

  Judge judge() {
    return judge;
  }

  String words() {
    return words;
  }

  @Override
  public void close() {
    judge.close();
    if (written != null) {
      written.close();
    }
  }
}
